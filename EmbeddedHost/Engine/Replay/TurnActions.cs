using System.Text;
using DurableTask.Core;
using DurableTask.Core.Command;
using EmbeddedHost.Engine.Entities;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;
using Core = DurableTask.Core.History;

namespace EmbeddedHost.Engine.Replay;

/// <summary>From what the executor says that the code asked for to the events that history records.</summary>
internal static class TurnActions
{
    /// <summary>The history event of an action; null where it is the execution's end.</summary>
    public static HistoryEvent? EventOf(OrchestratorAction action, InstanceRow row, int number) => action switch
    {
        ScheduleTaskOrchestratorAction task => new HistoryEvent
        {
            Kind = HistoryEventKind.TaskScheduled,
            TaskId = number,
            Name = task.Name,
            // Without a version of its own it has its instance's.
            Version = VersionOf(task.Version) is { } version && version != row.Version ? version : null,
            Tags = TagsOf(task.Tags),
            Payload = InputOf(task.Input),
        },
        CreateSubOrchestrationAction child => new HistoryEvent
        {
            Kind = HistoryEventKind.SubOrchestrationCreated,
            TaskId = number,
            Name = child.Name,
            InstanceId = child.InstanceId,
            Version = VersionOf(child.Version),
            Tags = TagsOf(child.Tags),
            Payload = BytesOf(child.Input),
        },
        CreateTimerOrchestratorAction timer => new HistoryEvent
        {
            Kind = HistoryEventKind.TimerCreated,
            TaskId = number,
            FireAt = timer.FireAt,
        },
        SendEventOrchestratorAction sent => new HistoryEvent
        {
            Kind = HistoryEventKind.EventSent,
            TaskId = number,
            Name = sent.EventName,
            InstanceId = sent.Instance!.InstanceId,
            Payload = InstanceIds.IsEntity(sent.Instance.InstanceId)
                ? EntityMessage.Recorded(BytesOf(sent.EventData))
                : BytesOf(sent.EventData),
        },
        _ => null,
    };

    /// <summary>How the execution ended. What it has sent to the execution that follows, that one begins with.</summary>
    public static ExecutionOutcome OutcomeOf(
        OrchestrationCompleteOrchestratorAction end, InstanceRow row, int nextNumber, List<HistoryEvent> actions, HistoryEvent[] held) =>
        end.OrchestrationStatus switch
        {
            OrchestrationStatus.ContinuedAsNew => new ExecutionOutcome(
                OrchestrationRuntimeStatus.Running,
                Next: new NextExecution(BytesOf(end.Result), end.NewVersion ?? row.Version, Carried(end, row, nextNumber, actions, held))),
            OrchestrationStatus.Failed => new ExecutionOutcome(
                OrchestrationRuntimeStatus.Failed,
                Failure: end.FailureDetails ?? new FailureDetails("(unknown)", end.Result ?? "", end.Details, innerFailure: null, isNonRetriable: false)),
            var status => new ExecutionOutcome((OrchestrationRuntimeStatus)status, BytesOf(end.Result)),
        };

    /// <summary>A payload's bytes.</summary>
    public static byte[]? BytesOf(string? payload) => payload is null ? null : Encoding.UTF8.GetBytes(payload);

    /// <summary>An activity's input, which comes as an array of one.</summary>
    public static byte[]? InputOf(string? array)
    {
        var input = array.AsSpan().Trim();
        input = input is ['[', .., ']'] ? input[1..^1].Trim() : input;
        if (input is "" or "null")
        {
            return null;
        }

        var bytes = new byte[Encoding.UTF8.GetByteCount(input)];
        _ = Encoding.UTF8.GetBytes(input, bytes);
        return bytes;
    }

    private static string? VersionOf(string? version) => string.IsNullOrEmpty(version) ? null : version;

    private static Dictionary<string, string>? TagsOf(IDictionary<string, string>? tags) =>
        tags is null or { Count: 0 } ? null : new Dictionary<string, string>(tags, StringComparer.Ordinal);

    private static HistoryEvent[] Carried(
        OrchestrationCompleteOrchestratorAction end, InstanceRow row, int nextNumber, List<HistoryEvent> actions, HistoryEvent[] held)
    {
        var toItself = actions.FindAll(action => action.Kind == HistoryEventKind.EventSent && action.InstanceId == row.Id);
        _ = actions.RemoveAll(toItself.Contains);
        return
        [
            // The numbers go on: none means two things in one instance.
            new HistoryEvent { Kind = HistoryEventKind.ContinuedAsNew, TaskId = nextNumber },
            .. toItself.Select(static sent => new HistoryEvent
            {
                Kind = HistoryEventKind.EventRaised,
                Name = sent.Name,
                Payload = sent.Payload,
            }),
            .. end.CarryoverEvents.OfType<Core.EventRaisedEvent>().Select(static raised => new HistoryEvent
            {
                Kind = HistoryEventKind.EventRaised,
                Name = raised.Name,
                Payload = BytesOf(raised.Input),
            }),
            .. held,
        ];
    }
}
