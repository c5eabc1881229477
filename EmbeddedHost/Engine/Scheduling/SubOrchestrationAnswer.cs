using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>What a parent hears of a child that has ended.</summary>
internal static class SubOrchestrationAnswer
{
    public static HistoryEvent Of(int taskId, OrchestrationRuntimeStatus state, byte[]? output, TaskFailureDetails? failure) =>
        state == OrchestrationRuntimeStatus.Completed
            ? new HistoryEvent { Kind = HistoryEventKind.SubOrchestrationCompleted, TaskId = taskId, Payload = output }
            : new HistoryEvent
            {
                Kind = HistoryEventKind.SubOrchestrationFailed,
                TaskId = taskId,
                Failure = failure ?? new TaskFailureDetails(
                    typeof(InvalidOperationException).FullName!, $"The sub-orchestration ended {state}.", null, null, null),
            };
}
