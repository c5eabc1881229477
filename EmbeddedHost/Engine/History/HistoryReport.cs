using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.History;

/// <summary>History as the management API shows it: what was scheduled and its result are one row.</summary>
internal static class HistoryReport
{
    public static HistoryDocument Of(InstanceRow instance, IReadOnlyList<HistoryTurn> turns, bool includePayloads)
    {
        var rows = new List<HistoryRow?>();
        var scheduled = new Dictionary<int, (HistoryRow Row, int Place)>();
        foreach (var turn in turns)
        {
            foreach (var e in turn.Events)
            {
                Add(instance, turn.At, e, includePayloads, rows, scheduled);
            }
        }

        if (instance.IsTerminal)
        {
            rows.Add(Ended(instance, includePayloads));
        }

        return new HistoryDocument([.. rows.OfType<HistoryRow>()]);
    }

    private static void Add(
        InstanceRow instance,
        DateTime at,
        HistoryEvent e,
        bool includePayloads,
        List<HistoryRow?> rows,
        Dictionary<int, (HistoryRow Row, int Place)> scheduled)
    {
        if (e.Kind == HistoryEventKind.ExecutionTerminated)
        {
            // The row of the instance's end says so.
            return;
        }

        if (e.IsAction && e.Kind != HistoryEventKind.EventSent)
        {
            var row = Row(e.Kind, at) with { FunctionName = e.Name, Input = e.Payload, FireAt = e.FireAt };
            scheduled[e.TaskId] = (row, rows.Count);
            rows.Add(row);
            return;
        }

        var answer = Row(e.Kind, at) with
        {
            Name = e.Kind is HistoryEventKind.EventRaised or HistoryEventKind.EventSent ? e.Name : null,
            FireAt = e.FireAt,
            Reason = e.Kind is HistoryEventKind.ExecutionSuspended or HistoryEventKind.ExecutionResumed or HistoryEventKind.ExecutionRewound
                ? e.Name
                : e.Failure?.ErrorMessage,
            Details = e.Failure?.StackTrace,
            FailureDetails = e.Failure?.Shown(),
        };
        switch (e.Kind)
        {
            case HistoryEventKind.ExecutionStarted:
                answer = answer with { FunctionName = instance.Name, Input = instance.Input };
                break;
            case HistoryEventKind.EventRaised or HistoryEventKind.EventSent:
                answer = answer with { Input = e.Payload };
                break;
            default:
                if (e.TaskId >= 0 && scheduled.Remove(e.TaskId, out var asked))
                {
                    answer = answer with
                    {
                        FunctionName = asked.Row.FunctionName,
                        Input = asked.Row.Input,
                        ScheduledTime = asked.Row.Timestamp,
                        FireAt = asked.Row.FireAt,
                        Result = includePayloads ? e.Payload : null,
                    };
                    rows[asked.Place] = null;
                }

                break;
        }

        rows.Add(answer);
    }

    private static HistoryRow Ended(InstanceRow instance, bool includePayloads)
    {
        var failure = instance.Failure is null ? null : HistoryCodec.DecodeFailure(instance.Failure);
        var eventType = instance.State switch
        {
            OrchestrationRuntimeStatus.Failed => "ExecutionFailed",
            OrchestrationRuntimeStatus.Terminated => "ExecutionTerminated",
            _ => "ExecutionCompleted",
        };
        return new HistoryRow
        {
            EventType = eventType,
            Timestamp = instance.Updated,
            OrchestrationStatus = instance.State,
            Result = includePayloads ? instance.Output : null,
            Reason = failure?.ErrorMessage,
            FailureDetails = failure?.Shown(),
        };
    }

    private static HistoryRow Row(HistoryEventKind kind, DateTime at) => new()
    {
        EventType = kind == HistoryEventKind.SubOrchestrationCreated ? "SubOrchestrationInstanceCreated"
            : kind == HistoryEventKind.SubOrchestrationCompleted ? "SubOrchestrationInstanceCompleted"
            : kind == HistoryEventKind.SubOrchestrationFailed ? "SubOrchestrationInstanceFailed"
            : kind == HistoryEventKind.ContinuedAsNew ? "ContinueAsNew"
            : kind.ToString(),
        Timestamp = at,
    };
}
