using Azure.Storage.Queues.Models;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>Where the queues of a connection are: in this host, or in a storage account.</summary>
internal interface IQueueBackend
{
    /// <summary>A queue whose messages start a function.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="logger">The function's log.</param>
    ITriggerQueue TriggerQueue(string queue, ILogger logger);

    /// <summary>Sends messages, in their order. A queue that is missing is created.</summary>
    /// <exception cref="InvalidOperationException">One could not be sent.</exception>
    Task SendAsync(IReadOnlyList<NewMessage> messages);
}

/// <summary>A queue whose messages start a function. One caller at a time asks it for some.</summary>
internal interface ITriggerQueue
{
    /// <summary>The queue's name.</summary>
    string Name { get; }

    /// <summary>Receives up to so many messages, and hides them from others.</summary>
    Task<QueueBatch> ReceiveAsync(int count);
}

/// <summary>What a queue has for a function now.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="LookAt">Where there are none: when (UTC) the next can be received; null: not known.</param>
/// <param name="LookAfter">Where there are none and that is not known: after how long to look again; null: the queue tells.</param>
internal sealed record QueueBatch(IReadOnlyList<ReceivedMessage> Messages, DateTime? LookAt = null, TimeSpan? LookAfter = null);

/// <summary>A message that a function works on. Others do not see it until it is settled or disposed of.</summary>
internal abstract class ReceivedMessage(QueueMessage message) : IAsyncDisposable
{
    /// <summary>The message as it was received; its text is as its sender encoded it.</summary>
    public QueueMessage Message => message;

    /// <summary>Where a message can be sent to in one commit with the end of this one; null: nowhere.</summary>
    public abstract IQueueBackend? CommitsWith { get; }

    /// <summary>Where it goes after its last attempt; null: its queue has no poison queue.</summary>
    public abstract string? PoisonQueue { get; }

    /// <summary>
    /// Deletes it, in one commit with what is sent to <see cref="CommitsWith"/>. False: it was deleted or updated by somebody else
    /// meanwhile, the function itself included; what was sent is sent.
    /// </summary>
    public abstract Task<bool> CompleteAsync(IReadOnlyList<NewMessage> outputs);

    /// <summary>Gives it back; it is visible again after a time.</summary>
    public abstract Task ReleaseAsync(TimeSpan delay);

    /// <summary>Gives it back unused.</summary>
    public abstract Task ReturnAsync();

    /// <summary>Moves it to the poison queue, as a new message there. False: it was deleted or updated meanwhile.</summary>
    public abstract Task<bool> PoisonAsync();

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
