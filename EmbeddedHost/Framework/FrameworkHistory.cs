using DurableTask.Core;
using DurableTask.Core.History;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using Microsoft.DurableTask.Client;
using Newtonsoft.Json.Linq;
using HistoryEvent = DurableTask.Core.History.HistoryEvent;

namespace EmbeddedHost.Framework;

/// <summary>An instance's history as a store of the Durable Task Framework has it.</summary>
internal static class FrameworkHistory
{
    /// <summary>Reads the list that a store writes: an event's number tells its class.</summary>
    public static IList<HistoryEvent> Read(string json) => [.. JArray.Parse(json).Select(Event)];

    /// <summary>What it says to readers: what was scheduled and its result are one row.</summary>
    /// <param name="events">The events, oldest first.</param>
    /// <param name="includePayloads">Whether results are told.</param>
    public static HistoryDocument Report(IEnumerable<HistoryEvent> events, bool includePayloads)
    {
        var rows = new List<HistoryRow?>();
        var scheduled = new Dictionary<int, int>();
        foreach (var e in events)
        {
            if (Row(e, includePayloads) is not { } row)
            {
                continue;
            }

            if (Asked(e) is { } asked && scheduled.Remove(asked, out var place))
            {
                var action = rows[place]!;
                rows[place] = null;
                row = row with
                {
                    FunctionName = action.FunctionName,
                    Input = action.Input,
                    ScheduledTime = action.Timestamp,
                    FireAt = action.FireAt ?? row.FireAt,
                };
            }

            if (e is TaskScheduledEvent or SubOrchestrationInstanceCreatedEvent or TimerCreatedEvent)
            {
                scheduled[e.EventId] = rows.Count;
            }

            rows.Add(row);
        }

        return new HistoryDocument([.. rows.OfType<HistoryRow>()]);
    }

    private static HistoryEvent Event(JToken e)
    {
        var type = $"{(EventType)(int)e[nameof(HistoryEvent.EventType)]!}";
        return (HistoryEvent)e.ToObject(HistoryEvent.KnownTypes().Single(known => known.Name == type || known.Name == type + "Event"))!;
    }

    /// <summary>The number of the action that an event answers.</summary>
    private static int? Asked(HistoryEvent e) => e switch
    {
        TaskCompletedEvent completed => completed.TaskScheduledId,
        TaskFailedEvent failed => failed.TaskScheduledId,
        SubOrchestrationInstanceCompletedEvent completed => completed.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent failed => failed.TaskScheduledId,
        TimerFiredEvent fired => fired.TimerId,
        _ => null,
    };

    private static HistoryRow? Row(HistoryEvent e, bool payloads) => e switch
    {
        ExecutionStartedEvent started => New(e) with { FunctionName = started.Name, Input = TurnActions.BytesOf(started.Input) },
        TaskScheduledEvent task => New(e) with { FunctionName = task.Name, Input = TurnActions.InputOf(task.Input) },
        TaskCompletedEvent completed => New(e) with { Result = payloads ? TurnActions.BytesOf(completed.Result) : null },
        TaskFailedEvent failed => Failed(e, failed.Reason, failed.Details, failed.FailureDetails),
        SubOrchestrationInstanceCreatedEvent child => New(e) with { FunctionName = child.Name, Input = TurnActions.BytesOf(child.Input) },
        SubOrchestrationInstanceCompletedEvent completed => New(e) with { Result = payloads ? TurnActions.BytesOf(completed.Result) : null },
        SubOrchestrationInstanceFailedEvent failed => Failed(e, failed.Reason, failed.Details, failed.FailureDetails),
        TimerCreatedEvent timer => New(e) with { FireAt = timer.FireAt },
        TimerFiredEvent fired => New(e) with { FireAt = fired.FireAt },
        EventSentEvent sent => New(e) with { Name = sent.Name, Input = TurnActions.BytesOf(sent.Input) },
        EventRaisedEvent raised => New(e) with { Name = raised.Name, Input = TurnActions.BytesOf(raised.Input) },
        ExecutionSuspendedEvent suspended => New(e) with { Reason = suspended.Reason },
        ExecutionResumedEvent resumed => New(e) with { Reason = resumed.Reason },
        ExecutionRewoundEvent rewound => New(e) with { Reason = rewound.Reason },
        ExecutionCompletedEvent end => Failed(e, end.FailureDetails?.ErrorMessage, details: null, end.FailureDetails) with
        {
            EventType = end.OrchestrationStatus is OrchestrationStatus.Completed ? "ExecutionCompleted" : $"Execution{end.OrchestrationStatus}",
            OrchestrationStatus = (OrchestrationRuntimeStatus)end.OrchestrationStatus,
            Result = payloads ? TurnActions.BytesOf(end.Result) : null,
        },
        // Where a turn began and ended, and what the row of the end says.
        _ => null,
    };

    private static HistoryRow New(HistoryEvent e) => new() { EventType = $"{e.EventType}", Timestamp = DateTime.SpecifyKind(e.Timestamp, DateTimeKind.Utc) };

    private static HistoryRow Failed(HistoryEvent e, string? reason, string? details, FailureDetails? failure) => New(e) with
    {
        Reason = failure?.ErrorMessage ?? reason,
        Details = failure?.StackTrace ?? details,
        FailureDetails = failure?.Shown(),
    };
}
