using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>
/// A function's work on one message, which it holds meanwhile. Where it succeeds the message is deleted: in one commit with what
/// the function gives to queues where both are in this host, else after that is sent. Where it fails the message comes again, and
/// after its last attempt goes to the poison queue.
/// </summary>
internal sealed partial class QueueRun(QueueListener listener, HostedFunction function, ReceivedMessage message, QueueServing serving, ILogger logger)
    : IThreadPoolWorkItem
{
    private string Function => function.Descriptor.FunctionName;

    private string Id => message.Message.MessageId;

    private string Queue => listener.Queue.Name;

    private long Attempt => message.Message.DequeueCount;

    /// <inheritdoc />
    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        try
        {
            await ProcessAsync();
        }
        catch (Exception e) when (StorageException.Behind(e) is not null || e is ObjectDisposedException)
        {
            // The host stops, and tells why by itself. The message comes again after the next start.
        }
        catch (Exception e)
        {
            LogNotSettled(e, Function, Id, Queue);
        }
        finally
        {
            await message.DisposeAsync();
            listener.Ended();
        }
    }

    private async Task ProcessAsync()
    {
        if (Attempt > serving.Settings.MaxDequeueCount)
        {
            // The host ended in the middle of its last attempt.
            await PoisonAsync($"it was tried {serving.Settings.MaxDequeueCount} times, and the last attempt was cut off");
        }
        else if (!QueueBody.TryDecode(message.Message.MessageText, serving.Settings.MessageEncoding, out var body))
        {
            await PoisonAsync("it is not Base64: send it so (QueueMessageEncoding.Base64), or set extensions.queues.messageEncoding to \"none\" in host.json");
        }
        else if (await TryInvokeAsync(new QueueTriggerMessage(message.Message, body)) is { } outputs)
        {
            if (!await message.CompleteAsync(outputs))
            {
                LogNotDeleted(Function, Id, Queue);
            }
        }
    }

    /// <summary>
    /// Runs the function, and returns what is to be sent with the end of the message. Null: it has failed, and what is to become of
    /// the message is done.
    /// </summary>
    private async Task<IReadOnlyList<NewMessage>?> TryInvokeAsync(QueueTriggerMessage trigger)
    {
        try
        {
            return await serving.Catalog.RunQueueAsync(function, trigger, message.CommitsWith, serving.GivenUp);
        }
        catch (Exception e) when (serving.GivenUp.IsCancellationRequested)
        {
            // Cut off by the host's end, for no fault of its own.
            LogCutOff(e, Function, Id, Queue);
            await message.ReturnAsync();
            return null;
        }
        catch (Exception e)
        {
            LogFailed(e, Function, Id, Queue, Attempt, serving.Settings.MaxDequeueCount);
        }

        if (Attempt >= serving.Settings.MaxDequeueCount)
        {
            await PoisonAsync($"it failed {Attempt} times");
        }
        else if (message.PoisonQueue is not null)
        {
            await message.ReleaseAsync(serving.Settings.VisibilityTimeout);
        }

        return null;
    }

    private async Task PoisonAsync(string reason)
    {
        if (message.PoisonQueue is not { } poison)
        {
            // As on Azure it stays hidden for as long as it is, so that it does not come again at once, for ever.
            LogNoPoison(Id, Queue, reason);
        }
        else if (await message.PoisonAsync())
        {
            LogPoison(Id, Queue, poison, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function '{Function}' failed on the message '{Id}' of the queue '{Queue}' (attempt {Attempt} of {Attempts}).")]
    private partial void LogFailed(Exception failure, string function, string id, string queue, long attempt, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' was cut off by the host's end on the message '{Id}' of the queue '{Queue}'; it comes again.")]
    private partial void LogCutOff(Exception failure, string function, string id, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' has ended, and the message '{Id}' of the queue '{Queue}' was deleted or updated meanwhile.")]
    private partial void LogNotDeleted(string function, string id, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of the message '{Id}' of the queue '{Queue}' could not be written; function '{Function}' gets it again.")]
    private partial void LogNotSettled(Exception failure, string function, string id, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message '{Id}' of the queue '{Queue}' was moved to '{Poison}': {Reason}.")]
    private partial void LogPoison(string id, string queue, string poison, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message '{Id}' of the queue '{Queue}', which has no poison queue, stays there hidden for a time: {Reason}.")]
    private partial void LogNoPoison(string id, string queue, string reason);
}
