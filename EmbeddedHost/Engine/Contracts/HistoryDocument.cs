using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Contracts;

/// <summary>An instance's history as readers see it, oldest event first.</summary>
internal sealed record HistoryDocument(IReadOnlyList<HistoryRow> Events);

/// <summary>One event of a history. What an event of its type does not have is null. Payloads are UTF-8 JSON.</summary>
internal sealed record HistoryRow
{
    /// <summary>The event's name, such as <c>TaskCompleted</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>When it happened, in UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>When what completed or failed here was scheduled, in UTC.</summary>
    public DateTime? ScheduledTime { get; init; }

    /// <summary>The orchestrator or activity it is about.</summary>
    public string? FunctionName { get; init; }

    /// <summary>What the function or the event was given.</summary>
    public byte[]? Input { get; init; }

    /// <summary>What the function returned.</summary>
    public byte[]? Result { get; init; }

    /// <summary>Why a task failed or an instance was steered from outside.</summary>
    public string? Reason { get; init; }

    /// <summary>The failure in full.</summary>
    public string? Details { get; init; }

    /// <summary>The failure as values.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>The external event's name.</summary>
    public string? Name { get; init; }

    /// <summary>When the timer fires, in UTC.</summary>
    public DateTime? FireAt { get; init; }

    /// <summary>How the orchestration ended.</summary>
    public OrchestrationRuntimeStatus? OrchestrationStatus { get; init; }
}
