namespace DurableTask.Core.History;

/// <summary>An activity failed.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="taskScheduledId">The number of what was asked for.</param>
/// <param name="reason">The error's message.</param>
/// <param name="details">The error's stack trace.</param>
/// <param name="failureDetails">The error as values.</param>
public class TaskFailedEvent(
    int eventId, int taskScheduledId, string? reason, string? details, FailureDetails? failureDetails) : HistoryEvent(eventId)
{
    /// <summary>A failure without its details as values.</summary>
    public TaskFailedEvent(int eventId, int taskScheduledId, string? reason, string? details)
        : this(eventId, taskScheduledId, reason, details, failureDetails: null)
    {
    }

    /// <summary>The number of what was asked for.</summary>
    public int TaskScheduledId { get; } = taskScheduledId;

    /// <summary>The error's message.</summary>
    public string? Reason { get; } = reason;

    /// <summary>The error's stack trace.</summary>
    public string? Details { get; } = details;

    /// <summary>The error as values.</summary>
    public FailureDetails? FailureDetails { get; } = failureDetails;

    /// <inheritdoc/>
    public override EventType EventType => EventType.TaskFailed;
}
