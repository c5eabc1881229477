using DurableTask.Core;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>What a parent hears of a child that has ended.</summary>
internal static class SubOrchestrationAnswer
{
    /// <summary>The child was never created: its id belongs to an instance that has not ended.</summary>
    public static HistoryEvent Refused(HistoryEvent action) => Failed(
        action.TaskId, InstanceIds.Taken(action.InstanceId!, OrchestrationRuntimeStatus.Running).Message);

    /// <summary>Nothing is left of the child.</summary>
    public static HistoryEvent Gone(HistoryEvent action) => Failed(
        action.TaskId, $"The sub-orchestration '{action.InstanceId}' is gone: it was purged before its parent had its result.");

    /// <summary>The child has ended.</summary>
    public static HistoryEvent Of(int taskId, OrchestrationRuntimeStatus state, byte[]? output, FailureDetails? failure) =>
        state == OrchestrationRuntimeStatus.Completed
            ? new HistoryEvent { Kind = HistoryEventKind.SubOrchestrationCompleted, TaskId = taskId, Payload = output }
            : failure is null
                ? Failed(taskId, $"The sub-orchestration ended {state}.")
                : new HistoryEvent { Kind = HistoryEventKind.SubOrchestrationFailed, TaskId = taskId, Failure = failure };

    private static HistoryEvent Failed(int taskId, string message) => new()
    {
        Kind = HistoryEventKind.SubOrchestrationFailed,
        TaskId = taskId,
        Failure = new FailureDetails(typeof(InvalidOperationException).FullName!, message, stackTrace: null, innerFailure: null, isNonRetriable: false),
    };
}
