using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Storage;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>Takes messages of a queue for its function, as many at once as <c>host.json</c> allows.</summary>
/// <param name="function">The function.</param>
/// <param name="queue">The queue.</param>
/// <param name="serving">What it shares with others.</param>
/// <param name="wakeAt">Has it woken at a time (UTC).</param>
/// <param name="logger">The function's log.</param>
internal sealed partial class QueueListener(
    HostedFunction function, ITriggerQueue queue, QueueServing serving, Action<string, DateTime> wakeAt, ILogger logger) : IThreadPoolWorkItem, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private ITimer? _pause;
    private int _wakes;
    private int _running;

    public ITriggerQueue Queue => queue;

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

    public void Dispose() => _pause?.Dispose();

    private async Task LookAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _wakes);
            // What is received while the host stops is to be given back before it ends.
            serving.Runtime.EnterWork();
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
                LogNotReceived(e, queue.Name);
                wakeAt(queue.Name, serving.Clock.GetUtcNow().UtcDateTime + Pause);
            }
            finally
            {
                serving.Runtime.LeaveWork();
            }
        }
        while (Interlocked.Add(ref _wakes, -seen) != 0);
    }

    private async Task ReceiveAsync()
    {
        while (!serving.Stopping.IsCancellationRequested && Running <= serving.Settings.NewBatchThreshold)
        {
            var batch = await queue.ReceiveAsync(serving.Settings.BatchSize);
            if (batch.Messages.Count == 0)
            {
                if (batch.LookAt is { } due)
                {
                    wakeAt(queue.Name, due);
                }
                else if (batch.LookAfter is { } pause)
                {
                    // Not by the wall clock, which may be set back.
                    _pause ??= serving.Clock.CreateTimer(static listener => ((QueueListener)listener!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                    _ = _pause.Change(pause, Timeout.InfiniteTimeSpan);
                }

                return;
            }

            foreach (var message in batch.Messages)
            {
                if (serving.Stopping.IsCancellationRequested)
                {
                    await message.ReturnAsync();
                    await message.DisposeAsync();
                    continue;
                }

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
