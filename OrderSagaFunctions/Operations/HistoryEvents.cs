using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;

namespace OrderSagaFunctions.Operations;

/// <summary>Shows the engine's events as the API does: without stack traces, and without payloads unless they are asked for.</summary>
internal static class HistoryEvents
{
    // Where the engine has no details of a failure.
    private const string UnknownType = "(unknown)";

    /// <summary>Shows a history.</summary>
    public static IReadOnlyList<HistoryEntry> Show(IReadOnlyList<HistoryEvent> events, bool withPayloads)
    {
        var asked = new Dictionary<int, HistoryEntry>();
        var shown = new List<HistoryEntry>();
        foreach (var e in events)
        {
            var entry = Show(e, new HistoryEntry(shown.Count + 1, e.EventId < 0 ? null : e.EventId, e.EventType.ToString(), Utc(e.Timestamp)));
            if (entry.ScheduledId is { } answered && asked.TryGetValue(answered, out var question))
            {
                entry = entry with { Name = question.Name, InstanceId = question.InstanceId };
            }
            else if (entry.EventId is { } number)
            {
                asked[number] = entry;
            }

            shown.Add(withPayloads ? entry : entry with { Input = null, Output = null });
        }

        return shown;
    }

    private static HistoryEntry Show(HistoryEvent e, HistoryEntry entry) => e switch
    {
        ExecutionStartedEvent started => entry with { Name = started.Name, Input = Json(started.Input) },
        ExecutionCompletedEvent { OrchestrationStatus: OrchestrationStatus.Failed } failed =>
            entry with { Error = Error(failed.FailureDetails, failed.Result) },
        ExecutionCompletedEvent ended => entry with { Output = Json(ended.Result) },
        ExecutionTerminatedEvent terminated => entry with { Reason = Text(terminated.Input) },
        ExecutionSuspendedEvent suspended => entry with { Reason = suspended.Reason },
        ExecutionResumedEvent resumed => entry with { Reason = resumed.Reason },
        ExecutionRewoundEvent rewound => entry with { Reason = rewound.Reason },
        TaskScheduledEvent scheduled => entry with { Name = scheduled.Name, Input = Json(scheduled.Input) },
        TaskCompletedEvent completed => entry with { ScheduledId = completed.TaskScheduledId, Output = Json(completed.Result) },
        TaskFailedEvent failed => entry with { ScheduledId = failed.TaskScheduledId, Error = Error(failed.FailureDetails, failed.Reason) },
        SubOrchestrationInstanceCreatedEvent created => entry with { Name = created.Name, InstanceId = created.InstanceId, Input = Json(created.Input) },
        SubOrchestrationInstanceCompletedEvent completed => entry with { ScheduledId = completed.TaskScheduledId, Output = Json(completed.Result) },
        SubOrchestrationInstanceFailedEvent failed => entry with { ScheduledId = failed.TaskScheduledId, Error = Error(failed.FailureDetails, failed.Reason) },
        TimerCreatedEvent created => entry with { FireAt = Utc(created.FireAt) },
        TimerFiredEvent fired => entry with { ScheduledId = fired.TimerId, FireAt = Utc(fired.FireAt) },
        EventSentEvent sent => entry with { Name = sent.Name, InstanceId = sent.InstanceId, Input = Json(sent.Input) },
        EventRaisedEvent raised => entry with { Name = raised.Name, Input = Json(raised.Input) },
        _ => entry,
    };

    private static HistoryError Error(FailureDetails? details, string? reason) => details is null
        ? new HistoryError(UnknownType, WithoutTrace(reason ?? string.Empty))
        : new HistoryError(
            details.ErrorType ?? UnknownType,
            details.ErrorMessage ?? string.Empty,
            details.InnerFailure is { } inner ? Error(inner, reason: null) : null);

    // Where the engine has nothing but a text, that may be an exception's as a whole.
    private static string WithoutTrace(string text) =>
        text.IndexOf("\n   at ", StringComparison.Ordinal) is >= 0 and var trace ? text[..trace].TrimEnd() : text;

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static string? Text(string? payload) => Json(payload) is { ValueKind: JsonValueKind.String } text ? text.GetString() : payload;

    // What an engine has written itself may be a bare text.
    private static JsonElement? Json(string? payload)
    {
        if (payload is null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement.ValueKind == JsonValueKind.Null ? null : json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(payload, AppJson.Options);
        }
    }
}
