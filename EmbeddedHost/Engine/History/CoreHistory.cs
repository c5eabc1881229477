using System.Globalization;
using DurableTask.Core;
using EmbeddedHost.Engine.Client;
using EmbeddedHost.Storage.Hub;
using Core = DurableTask.Core.History;

namespace EmbeddedHost.Engine.History;

/// <summary>History as the client hands it out: each turn between its start and its end, message by message.</summary>
internal static class CoreHistory
{
    /// <summary>The number of an event that is no action.</summary>
    public const int None = -1;

    public static IList<Core.HistoryEvent> Of(InstanceRow instance, IEnumerable<HistoryTurn> turns)
    {
        var events = new List<Core.HistoryEvent>();
        foreach (var turn in turns)
        {
            events.Add(At(turn.At, new Core.OrchestratorStartedEvent(None)));
            events.AddRange(turn.Events.Select(e => Event(instance, e, e.TaskId)).OfType<Core.HistoryEvent>().Select(e => At(turn.At, e)));
            events.Add(At(turn.At, new Core.OrchestratorCompletedEvent(None)));
        }

        if (instance.IsTerminal)
        {
            var failure = instance.Failure is null ? null : HistoryCodec.DecodeFailure(instance.Failure);
            var end = new Core.ExecutionCompletedEvent(
                None, Text(instance.Output), (OrchestrationStatus)instance.State, failure);
            events.Insert(events.Count - (events.Count > 0 ? 1 : 0), At(instance.Updated, end));
        }

        return events;
    }

    /// <summary>An event with its time.</summary>
    public static Core.HistoryEvent At(DateTime at, Core.HistoryEvent e)
    {
        e.Timestamp = at;
        return e;
    }

    /// <summary>An event as the Durable Task Framework has it; null for a mark of this host's own.</summary>
    /// <param name="instance">The instance whose history has it.</param>
    /// <param name="e">The event.</param>
    /// <param name="number">The number of the action that it is or answers.</param>
    public static Core.HistoryEvent? Event(InstanceRow instance, HistoryEvent e, int number) => e.Kind switch
    {
        HistoryEventKind.ExecutionStarted => Started(instance),
        HistoryEventKind.TaskScheduled =>
            new Core.TaskScheduledEvent(number, e.Name!, e.Version, Text(e.Payload)) { Tags = Tags(e.Tags) },
        HistoryEventKind.TaskCompleted => new Core.TaskCompletedEvent(None, number, Text(e.Payload)),
        HistoryEventKind.TaskFailed => new Core.TaskFailedEvent(
            None, number, e.Failure!.ErrorMessage, e.Failure.StackTrace, e.Failure),
        HistoryEventKind.SubOrchestrationCreated => new Core.SubOrchestrationInstanceCreatedEvent(number)
        {
            Name = e.Name,
            Version = e.Version,
            InstanceId = e.InstanceId,
            Input = Text(e.Payload),
            Tags = Tags(e.Tags),
        },
        HistoryEventKind.SubOrchestrationCompleted => new Core.SubOrchestrationInstanceCompletedEvent(None, number, Text(e.Payload)),
        HistoryEventKind.SubOrchestrationFailed => new Core.SubOrchestrationInstanceFailedEvent(
            None, number, e.Failure!.ErrorMessage, e.Failure.StackTrace, e.Failure),
        HistoryEventKind.TimerCreated => new Core.TimerCreatedEvent(number, e.FireAt ?? default),
        HistoryEventKind.TimerFired => new Core.TimerFiredEvent(None, e.FireAt ?? default) { TimerId = number },
        HistoryEventKind.EventSent =>
            new Core.EventSentEvent(number) { InstanceId = e.InstanceId, Name = e.Name, Input = Text(e.Payload) },
        HistoryEventKind.EventRaised => new Core.EventRaisedEvent(None, Text(e.Payload)) { Name = e.Name },
        HistoryEventKind.ExecutionSuspended => new Core.ExecutionSuspendedEvent(None, e.Name),
        HistoryEventKind.ExecutionResumed => new Core.ExecutionResumedEvent(None, e.Name),
        HistoryEventKind.ExecutionTerminated => new Core.ExecutionTerminatedEvent(None, Text(e.Payload)),
        HistoryEventKind.ExecutionRewound => new Core.ExecutionRewoundEvent(None, e.Name),
        // A mark of this host's: the execution before is not in the history.
        HistoryEventKind.ContinuedAsNew => null,
        _ => throw new InvalidDataException($"A history event of kind {e.Kind} has no counterpart."),
    };

    private static Core.ExecutionStartedEvent Started(InstanceRow instance) => new(None, Text(instance.Input))
    {
        Name = instance.Name,
        Version = instance.Version,
        Tags = Tags(instance.Tags),
        OrchestrationInstance = Instance(instance.Id, instance.Key),
        ParentInstance = instance.ParentId is null ? null : new ParentInstance
        {
            Name = instance.ParentName,
            OrchestrationInstance = Instance(instance.ParentId, instance.ParentKey ?? 0),
            TaskScheduleId = instance.ParentTaskId,
        },
    };

    private static OrchestrationInstance Instance(string id, long key) =>
        new() { InstanceId = id, ExecutionId = key.ToString(CultureInfo.InvariantCulture) };

    private static string? Text(byte[]? payload) => SerializerDataConverter.Text(payload);

    private static Dictionary<string, string>? Tags(IReadOnlyDictionary<string, string>? tags) =>
        tags is null ? null : new Dictionary<string, string>(tags, StringComparer.Ordinal);
}
