using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Telemetry;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>One run of an activity. Its result goes straight into the instance's next turn.</summary>
internal sealed class ActivityRun(TaskHub hub, InstanceRow instance, HistoryEvent scheduled) : IThreadPoolWorkItem
{
    private readonly long _queuedAt = hub.Metrics.Queue();

    /// <summary>The instance's key and the action's number: what is under way is not started again.</summary>
    public (long Key, int TaskId) Identity => (instance.Key, scheduled.TaskId);

    /// <summary>Leaves the run to a pool thread.</summary>
    public void Queue() => hub.Scheduler.Queue(this);

    /// <inheritdoc />
    public void Execute()
    {
        hub.EnterWork();
        try
        {
            if (Run() is { } result)
            {
                hub.DeliverOrFault(instance.Id, instance.Key, new Message(result));
            }
        }
        finally
        {
            hub.LeaveWork();
        }
    }

    /// <summary>
    /// Runs here. Returns the result where the activity did not wait for anything; else null, and the result is
    /// delivered when it comes.
    /// </summary>
    public HistoryEvent? Run()
    {
        // What waited for a place while a stop began runs after the next start.
        if (hub.IsStopping || !hub.Activities.TryEnter(this))
        {
            return null;
        }

        ValueTask<byte[]?> running;
        var watch = ActivityWatch.Begin(hub.Metrics, instance, scheduled, _queuedAt);
        var writes = GatheredWorks.Begin();
        try
        {
            running = Start();
        }
        catch (Exception e)
        {
            End(watch, e);
            return FailedOrNothing(e);
        }
        finally
        {
            writes?.Commit();
            watch.Leave();
        }

        if (running.IsCompletedSuccessfully)
        {
            End(watch, failure: null);
            return Completed(running.Result);
        }

        _ = FinishAsync(running, watch);
        return null;
    }

    private void End(ActivityWatch watch, Exception? failure)
    {
        watch.End(failure);
        hub.Activities.Leave();
    }

    private ValueTask<byte[]?> Start()
    {
        var function = hub.Services.Functions.FindActivity(scheduled.Name!) ?? throw new InvalidOperationException(
            $"The activity '{scheduled.Name}' is not part of this app. Check the name, or deploy the code that has it.");
        return function(new ActivityCall(instance.Id, scheduled.Name!, scheduled.TaskId, scheduled.Payload), hub.Activities.Stopping);
    }

    private async Task FinishAsync(ValueTask<byte[]?> running, ActivityWatch watch)
    {
        // Nothing is thrown on: that would cost as much as the whole turn.
        var end = running.AsTask();
        await ((Task)end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var failure = end.IsCanceled ? CancellationOf(end) : end.Exception?.InnerException;
        var result = failure is null ? Completed(await end) : FailedOrNothing(failure);

        hub.EnterWork();
        try
        {
            End(watch, failure);
            if (result is not null)
            {
                hub.DeliverOrFault(instance.Id, instance.Key, new Message(result));
            }
        }
        finally
        {
            hub.LeaveWork();
        }
    }

    // What a cancelled task was cancelled by, only it throws.
    private static OperationCanceledException? CancellationOf(Task cancelled)
    {
        try
        {
            cancelled.GetAwaiter().GetResult();
            return null;
        }
        catch (OperationCanceledException cancellation)
        {
            return cancellation;
        }
    }

    private HistoryEvent Completed(byte[]? payload) =>
        new() { Kind = HistoryEventKind.TaskCompleted, TaskId = scheduled.TaskId, Payload = payload };

    // Once the hub has given up, or no longer waits for it, an activity may fail for no fault of its own, whatever the
    // exception says: it runs again after the next start.
    private HistoryEvent? FailedOrNothing(Exception e) => hub.HasFaulted || hub.Activities.Stopping.IsCancellationRequested
        ? null
        : new HistoryEvent
        {
            Kind = HistoryEventKind.TaskFailed,
            TaskId = scheduled.TaskId,
            Failure = Failures.Of(e),
        };
}
