namespace DurableTask.Core.History;

/// <summary>The orchestration ended.</summary>
/// <param name="eventId">The event's number; -1 where it has none.</param>
/// <param name="result">What it returned.</param>
/// <param name="orchestrationStatus">How it ended.</param>
/// <param name="failureDetails">Why it failed, where it did.</param>
public class ExecutionCompletedEvent(
    int eventId, string? result, OrchestrationStatus orchestrationStatus, FailureDetails? failureDetails = null) : HistoryEvent(eventId)
{
    /// <summary>How it ended.</summary>
    public OrchestrationStatus OrchestrationStatus { get; } = orchestrationStatus;

    /// <summary>What it returned.</summary>
    public string? Result { get; } = result;

    /// <summary>Why it failed, where it did.</summary>
    public FailureDetails? FailureDetails { get; } = failureDetails;

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionCompleted;
}
