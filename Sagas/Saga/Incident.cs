using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sagas;

/// <summary>Something a saga had to leave undone, open until someone deals with it.</summary>
/// <param name="Id">The incident, unique within its key.</param>
/// <param name="Compensation">The compensation that is not known to be done; after the pivot, the step.</param>
/// <param name="Error">Why not.</param>
/// <param name="OpenedAt">Since when.</param>
public sealed record Incident(string Id, string Compensation, string Error, DateTimeOffset OpenedAt)
{
    /// <summary>The id of the incident of a compensation.</summary>
    /// <param name="compensation">The compensation.</param>
    /// <param name="scope">Which child of the saga had to leave it; null for the saga itself.</param>
    /// <param name="generation">Which saga of the key.</param>
    /// <param name="number">Which of its undos with this compensation, counted from 1.</param>
    public static string IdOf(string compensation, string? scope, int generation, int number = 1) =>
        (scope is null ? $"{compensation}-{generation}" : $"{compensation}-{scope}-{generation}") + (number == 1 ? "" : $"_{number}");

    /// <summary>Whether it is of this saga of its key.</summary>
    public bool IsOf(int generation) =>
        IdOf(Compensation, Scope, generation) is var first && (Id == first || Id.StartsWith(first + '_', StringComparison.Ordinal));

    /// <summary>Which child of the saga had to leave it; null for the saga itself.</summary>
    public string? Scope { get; init; }

    /// <summary>How it stands: an incident is closed by a compensation that succeeds after all, or by a person.</summary>
    public IncidentStatus Status { get; init; } = IncidentStatus.Open;

    /// <summary>How it was dealt with, once it was.</summary>
    public string? Resolution { get; init; }

    /// <summary>Who dealt with it, where that was a person.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>When it was dealt with.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who has had it tried again, the first one first; null where nobody has.</summary>
    public IReadOnlyList<StoredNote>? Retries { get; init; }
}

/// <summary>How an incident stands.</summary>
public enum IncidentStatus
{
    /// <summary>Somebody has to deal with it.</summary>
    Open,

    /// <summary>It is dealt with.</summary>
    Closed,
}

/// <summary>An incident, with what its compensation needs to be run again.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Input">The compensation's input.</param>
public sealed record IncidentToOpen(Incident Incident, JsonElement Input);

/// <summary>The input of <see cref="SagaActivities.OpenIncidents"/>.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Incidents">What is left undone.</param>
public sealed record IncidentsToOpen(string Key, IReadOnlyList<IncidentToOpen> Incidents) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key);
}

/// <summary>The input of <see cref="SagaActivities.CloseIncident"/>.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Reason">How it was dealt with.</param>
public sealed record IncidentToClose(string Key, string IncidentId, string Reason) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key);
}

/// <summary>What a compensation is run again with.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="IncidentId">The incident that it closes.</param>
/// <param name="Compensation">The compensation.</param>
/// <param name="Input">Its input, as the saga had it.</param>
/// <param name="Retry">How it is tried.</param>
internal sealed record RedriveInput(string OrderId, string IncidentId, string Compensation, JsonElement Input, RetrySettings Retry);
