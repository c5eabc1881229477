using System.Text.Json.Serialization;

namespace Sagas;

/// <summary>Where a parked saga waits.</summary>
/// <param name="State">The step or compensation whose attempts have run out.</param>
/// <param name="Error">Why the last one failed.</param>
/// <param name="Since">Since when.</param>
/// <param name="Deadline">When no decision becomes the way backward; null where the saga waits for ever.</param>
public sealed record ParkedState(string State, string Error, DateTimeOffset Since, DateTimeOffset? Deadline)
{
    /// <summary>Which child of the saga waits; null for the saga itself.</summary>
    public string? Scope { get; init; }
}

/// <summary>A saga that waits at a save point for an operator: the input of ParkSaga, which publishes it.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Number">Which wait of that saga, counted from 1.</param>
/// <param name="State">The step or compensation whose attempts have run out.</param>
/// <param name="Error">Why the last one failed.</param>
/// <param name="Deadline">When no decision becomes the way backward; null where the saga waits for ever.</param>
public sealed record ParkTask(string Key, int Generation, int Number, string State, string Error, DateTimeOffset? Deadline) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key, Generation, Scope);

    /// <summary>Which child of the saga; null for the saga itself.</summary>
    public string? Scope { get; init; }

    /// <summary>Which of the undos with its compensation waits; null for the first, and where it is a step.</summary>
    public int? Undo { get; init; }

    /// <summary>The incident that a compensation waits for, as only that waits for ever; null where it is a step that waits.</summary>
    [JsonIgnore]
    public string? IncidentId => Deadline is null ? Incident.IdOf(State, Scope, Generation, Undo ?? 1) : null;

    /// <summary>The instance that waits.</summary>
    public string? InstanceId { get; init; }
}

/// <summary>The input of DecidePark: what woke a parked saga, to be entered at the gate where nobody was there before.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Number">Which wait of that saga.</param>
/// <param name="Decision">What is bid; null only looks.</param>
public sealed record ParkBid(string Key, int Generation, int Number, ParkDecision? Decision) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key, Generation, Scope);

    /// <summary>Which child of the saga; null for the saga itself.</summary>
    public string? Scope { get; init; }
}

/// <summary>What becomes of a parked saga.</summary>
public enum ParkDecision
{
    /// <summary>The step or compensation is tried again.</summary>
    Retry,

    /// <summary>The saga goes backward.</summary>
    Cancel,

    /// <summary>The compensation was done by hand: the saga goes on as if it had succeeded.</summary>
    Close,

    /// <summary>Nobody decided in time: the saga goes backward.</summary>
    Overdue,
}

/// <summary>What the gate of a parked saga says.</summary>
/// <param name="Decision">The decision that stands, or null where there is none.</param>
public sealed record ParkVerdict(ParkDecision? Decision);

/// <summary>The input of ConfirmCancel.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
public sealed record CancelBid(string Key, int Generation) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key, Generation);
}

/// <summary>What the cancel gate says.</summary>
/// <param name="IsCancelled">Whether a cancel holds it; else the saga has passed its pivot.</param>
public sealed record CancelVerdict(bool IsCancelled)
{
    /// <summary>Whether the saga has passed its pivot; null if it has not, and in what was said before November 2026.</summary>
    public bool? IsPassed { get; init; }
}
