using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>
/// A function's work on one message, which it holds meanwhile. Where it succeeds the message is deleted, in one commit with what
/// the function gives to queues; where it fails the message comes again, and after its last attempt goes to the poison queue.
/// </summary>
internal sealed partial class QueueRun(QueueListener listener, HostedFunction function, StoredMessage message, QueueServing serving, ILogger logger)
    : IThreadPoolWorkItem
{
    private const string PoisonSuffix = "-poison";

    private string Function => function.Descriptor.FunctionName;

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
            LogNotSettled(e, Function, message.Id, listener.Queue);
        }
        finally
        {
            listener.Ended();
        }
    }

    private async Task ProcessAsync()
    {
        if (message.Dequeued > serving.Settings.MaxDequeueCount)
        {
            // The host ended in the middle of its last attempt.
            await PoisonAsync($"it was tried {serving.Settings.MaxDequeueCount} times, and the last attempt was cut off");
        }
        else if (!QueueBody.TryDecode(message.Text, serving.Settings.MessageEncoding, out var body))
        {
            await PoisonAsync("it is not Base64: send it so (QueueMessageEncoding.Base64), or set extensions.queues.messageEncoding to \"none\" in host.json");
        }
        else if (await TryInvokeAsync(new QueueTriggerMessage(message, body, serving.Store.Now)) is { } outputs)
        {
            if (!await new CompleteWork(serving.Store, message, outputs).RunAtOnceAsync())
            {
                LogNotDeleted(Function, message.Id, listener.Queue);
            }
        }
    }

    /// <summary>Runs the function. Null: it has failed, and what is to become of the message is done.</summary>
    private async Task<IReadOnlyList<NewMessage>?> TryInvokeAsync(QueueTriggerMessage trigger)
    {
        try
        {
            return await serving.Catalog.RunQueueAsync(function, trigger, serving.GivenUp);
        }
        catch (Exception e) when (serving.GivenUp.IsCancellationRequested)
        {
            // Cut off by the host's end, for no fault of its own: the next start gives the message to it again, and this attempt does not count.
            LogCutOff(e, Function, message.Id, listener.Queue);
            _ = await new ReturnWork(serving.Store, message).RunAtOnceAsync();
            return null;
        }
        catch (Exception e)
        {
            LogFailed(e, Function, message.Id, listener.Queue, message.Dequeued, serving.Settings.MaxDequeueCount);
        }

        if (message.Dequeued >= serving.Settings.MaxDequeueCount)
        {
            await PoisonAsync($"it failed {message.Dequeued} times");
        }
        else
        {
            _ = await new ReleaseWork(serving.Store, listener.Queue, message, serving.Settings.VisibilityTimeout).RunAtOnceAsync();
        }

        return null;
    }

    private async Task PoisonAsync(string reason)
    {
        var poison = listener.Queue + PoisonSuffix;
        if (await new MoveWork(serving.Store, message, poison).RunAtOnceAsync())
        {
            LogPoison(message.Id, listener.Queue, poison, reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function '{Function}' failed on the message '{Id}' of the queue '{Queue}' (attempt {Attempt} of {Attempts}).")]
    private partial void LogFailed(Exception failure, string function, string id, string queue, int attempt, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' was cut off by the host's end on the message '{Id}' of the queue '{Queue}'; it comes again.")]
    private partial void LogCutOff(Exception failure, string function, string id, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' has ended, and the message '{Id}' of the queue '{Queue}' was deleted or updated meanwhile.")]
    private partial void LogNotDeleted(string function, string id, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of the message '{Id}' of the queue '{Queue}' could not be written; function '{Function}' gets it again after the next start.")]
    private partial void LogNotSettled(Exception failure, string function, string id, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message '{Id}' of the queue '{Queue}' was moved to '{Poison}': {Reason}.")]
    private partial void LogPoison(string id, string queue, string poison, string reason);
}
