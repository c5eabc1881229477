using Azure.Storage.Queues.Models;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>The queues of this host.</summary>
internal sealed class EmbeddedQueueBackend(QueueStore store) : IQueueBackend
{
    public ITriggerQueue TriggerQueue(string queue, ILogger logger) => new EmbeddedTriggerQueue(this, store, queue);

    /// <summary>Sends messages in one commit.</summary>
    public async Task SendAsync(IReadOnlyList<NewMessage> messages) => _ = await new SendWork(store, messages, createsQueues: true).RunAtOnceAsync();
}

/// <summary>A queue of this host: a commit that lets a message be received tells its listeners.</summary>
internal sealed class EmbeddedTriggerQueue(EmbeddedQueueBackend backend, QueueStore store, string queue) : ITriggerQueue
{
    public string Name => queue;

    public async Task<QueueBatch> ReceiveAsync(int count)
    {
        while (true)
        {
            if (store.NextVisible(queue) is not { } next)
            {
                return new QueueBatch([]);
            }

            if (next > store.Now)
            {
                return new QueueBatch([], LookAt: new DateTime(next, DateTimeKind.Utc));
            }

            // None where all have expired.
            if (await new ReceiveWork(store, queue, count, visibility: null).RunAtOnceAsync() is { Count: > 0 } messages)
            {
                return new QueueBatch([.. messages.Select(message => new EmbeddedMessage(backend, store, queue, message))]);
            }
        }
    }
}

/// <summary>A message of a queue of this host. It is held until its function has ended, and comes again after a crash.</summary>
internal sealed class EmbeddedMessage(EmbeddedQueueBackend backend, QueueStore store, string queue, StoredMessage message)
    : ReceivedMessage(Received(message, store.Now))
{
    // As long as the Functions host hides it at once.
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    public override IQueueBackend? CommitsWith => backend;

    public override string? PoisonQueue => queue + QueueNames.PoisonSuffix;

    public override async Task<bool> CompleteAsync(IReadOnlyList<NewMessage> outputs) => await new CompleteWork(store, message, outputs).RunAtOnceAsync();

    public override async Task ReleaseAsync(TimeSpan delay) => _ = await new ReleaseWork(store, queue, message, delay).RunAtOnceAsync();

    // As if it had not been received: the attempt does not count.
    public override async Task ReturnAsync() => _ = await new ReturnWork(store, message).RunAtOnceAsync();

    public override async Task<bool> PoisonAsync() => await new MoveWork(store, message, PoisonQueue!).RunAtOnceAsync();

    public override ValueTask DisposeAsync() => default;

    private static QueueMessage Received(StoredMessage message, long now) => QueuesModelFactory.QueueMessage(
        message.Id,
        message.PopReceipt,
        message.Text,
        message.Dequeued,
        StoredMessage.TimeOf(now + Hidden.Ticks),
        StoredMessage.TimeOf(message.Inserted),
        StoredMessage.TimeOf(message.Expires));
}
