using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>Takes messages of a queue for its function, as many at once as <c>host.json</c> allows.</summary>
/// <param name="function">The function.</param>
/// <param name="queue">The queue.</param>
/// <param name="serving">What it shares with others.</param>
/// <param name="wakeAt">Has it woken at a time (UTC).</param>
/// <param name="logger">The function's log.</param>
internal sealed partial class QueueListener(
    HostedFunction function, string queue, QueueServing serving, Action<string, DateTime> wakeAt, ILogger logger) : IThreadPoolWorkItem
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private int _wakes;
    private int _running;

    public string Queue => queue;

    /// <summary>Messages that the function works on.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Looks, soon, for messages that can be received.</summary>
    public void Wake()
    {
        if (Interlocked.Increment(ref _wakes) == 1)
        {
            serving.Scheduler.Queue(this);
        }
    }

    /// <inheritdoc />
    public void Execute() => _ = LookAsync();

    /// <summary>The function has done with a message.</summary>
    public void Ended()
    {
        _ = Interlocked.Decrement(ref _running);
        serving.Runtime.LeaveWork();
        Wake();
    }

    private async Task LookAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _wakes);
            try
            {
                await ReceiveAsync();
            }
            catch (Exception e) when (StorageException.Behind(e) is not null || e is ObjectDisposedException)
            {
                // The host stops, and tells why by itself.
                return;
            }
            catch (Exception e)
            {
                LogNotReceived(e, queue);
                wakeAt(queue, new DateTime(serving.Store.Now + Pause.Ticks, DateTimeKind.Utc));
            }
        }
        while (Interlocked.Add(ref _wakes, -seen) != 0);
    }

    private async Task ReceiveAsync()
    {
        while (!serving.Stopping.IsCancellationRequested && Running <= serving.Settings.NewBatchThreshold)
        {
            if (serving.Store.NextVisible(queue) is not { } next)
            {
                return;
            }

            if (next > serving.Store.Now)
            {
                wakeAt(queue, new DateTime(next, DateTimeKind.Utc));
                return;
            }

            foreach (var message in await new ReceiveWork(serving.Store, queue, serving.Settings.BatchSize, visibility: null).RunAtOnceAsync())
            {
                _ = Interlocked.Increment(ref _running);
                // A stop waits for it as for an activity.
                serving.Runtime.EnterWork();
                serving.Scheduler.Queue(new QueueRun(this, function, message, serving, logger));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue '{Queue}' could not be read, and is read again in five seconds.")]
    private partial void LogNotReceived(Exception failure, string queue);
}
