using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>One run of an activity. Its result goes straight into the instance's next turn.</summary>
internal sealed class ActivityRun(TaskHub hub, string instanceId, long instanceKey, HistoryEvent scheduled) : IThreadPoolWorkItem
{
    /// <summary>The instance's key and the action's number: what is under way is not started again.</summary>
    public (long Key, int TaskId) Identity => (instanceKey, scheduled.TaskId);

    /// <summary>Leaves the run to a pool thread.</summary>
    public void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <inheritdoc />
    public void Execute()
    {
        if (Run() is { } result)
        {
            hub.DeliverOrFault(instanceId, instanceKey, new Message(result));
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
        try
        {
            running = Start();
        }
        catch (Exception e)
        {
            hub.Activities.Leave();
            return Failed(e);
        }

        if (running.IsCompletedSuccessfully)
        {
            hub.Activities.Leave();
            return Completed(running.Result);
        }

        _ = FinishAsync(running);
        return null;
    }

    private ValueTask<byte[]?> Start()
    {
        var function = hub.Services.Functions.FindActivity(scheduled.Name!) ?? throw new InvalidOperationException(
            $"The activity '{scheduled.Name}' is not part of this app. Check the name, or deploy the code that has it.");
        return function(new ActivityCall(instanceId, scheduled.Name!, scheduled.TaskId, scheduled.Payload), hub.Activities.Stopping);
    }

    private async Task FinishAsync(ValueTask<byte[]?> running)
    {
        HistoryEvent? result;
        try
        {
            result = Completed(await running);
        }
        catch (OperationCanceledException) when (hub.Activities.Stopping.IsCancellationRequested)
        {
            // The host stops: the activity has no result, and runs again after the next start.
            result = null;
        }
        catch (Exception e)
        {
            result = Failed(e);
        }

        hub.Activities.Leave();
        if (result is not null)
        {
            hub.DeliverOrFault(instanceId, instanceKey, new Message(result));
        }
    }

    private HistoryEvent Completed(byte[]? payload) =>
        new() { Kind = HistoryEventKind.TaskCompleted, TaskId = scheduled.TaskId, Payload = payload };

    private HistoryEvent Failed(Exception e) => new()
    {
        Kind = HistoryEventKind.TaskFailed,
        TaskId = scheduled.TaskId,
        Failure = TaskFailureDetails.FromException(e),
    };
}
