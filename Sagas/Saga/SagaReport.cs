using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;

namespace Sagas;

/// <summary>
/// The story of a saga: its custom status while it runs, stored when it ends. Its size depends on nothing but how many
/// children the saga has.
/// </summary>
/// <param name="Path">The states entered, in order.</param>
/// <param name="Steps">What happened in each.</param>
/// <param name="Outcome">How it ended, or null while it runs.</param>
/// <param name="CompensationIncomplete">Whether anything that should have been undone, or done after the pivot, is not known to be.</param>
/// <param name="Incidents">What that is.</param>
/// <param name="Parked">Where it waits for an operator, while it does.</param>
/// <param name="Children">The stories of its children, where a step fanned out.</param>
public sealed record SagaReport(
    IReadOnlyList<string> Path,
    IReadOnlyList<StepReport> Steps,
    SagaOutcome? Outcome,
    bool CompensationIncomplete,
    IReadOnlyList<Incident> Incidents,
    ParkedState? Parked = null,
    IReadOnlyList<ChildReport>? Children = null)
{
    /// <summary>The story that a running saga tells, or null if it has told none yet.</summary>
    /// <param name="instance">Its instance with its custom status, or null if the host does not know it.</param>
    /// <exception cref="JsonException">The instance has a custom status that is no saga's story.</exception>
    public static SagaReport? Of(OrchestrationMetadata? instance) =>
        instance?.SerializedCustomStatus is { } status ? JsonSerializer.Deserialize(status, SagaJson.TypeOf<SagaReport>()) : null;

    /// <summary>Whether a state was passed, by the saga or by one of its children.</summary>
    /// <param name="state">The state.</param>
    /// <param name="scope">Which child; null for the saga itself.</param>
    public bool HasDone(string state, string? scope) =>
        (scope is null ? Steps : Children?.FirstOrDefault(child => child.Scope == scope)?.Steps ?? [])
            .Any(step => step.Name == state && step.Outcome == StepOutcome.Succeeded);
}

/// <summary>What happened to one step, compensation or notification.</summary>
/// <param name="Name">The state.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="StartedAt">When the saga entered it, by the orchestration's clock.</param>
/// <param name="EndedAt">When it ended, where it has.</param>
/// <param name="Error">Why it was refused or failed.</param>
public sealed record StepReport(
    string Name, StepOutcome Outcome, int Attempts, DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null, string? Error = null)
{
    /// <summary>How many attempts it may take, the first included; null unless it waits for one after the first, or that runs.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>When the next attempt comes, by the orchestration's clock; null unless it waits for one.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Whether it waits for an attempt after the first, or that runs.</summary>
    [JsonIgnore]
    public bool IsRetrying => MaxAttempts is not null;

    /// <summary>The same as it is told to those who do not run this service.</summary>
    public StepReport ForCallers() => Error is null ? this : this with { Error = StepFailure.ForCallers(Outcome, Error) };
}

/// <summary>How one step, compensation or notification ended.</summary>
public enum StepOutcome
{
    /// <summary>It has not ended yet.</summary>
    Running,

    /// <summary>It is done.</summary>
    Succeeded,

    /// <summary>It was refused for a business reason.</summary>
    Refused,

    /// <summary>It failed technically, and its attempts have run out.</summary>
    Failed,
}

/// <summary>How a saga ended.</summary>
public enum SagaOutcome
{
    /// <summary>Every step is done.</summary>
    Succeeded,

    /// <summary>A step failed or was refused, and the saga went backward.</summary>
    Failed,

    /// <summary>Somebody cancelled before the pivot, and the saga went backward.</summary>
    Cancelled,
}

/// <summary>The input of <see cref="SagaDefinition.Report"/>.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Report">Its whole story.</param>
public sealed record ReportToStore(string Key, int Generation, SagaReport Report) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key, Generation);
}

/// <summary>What a saga's notification says.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Outcome">How the saga ends.</param>
/// <param name="Error">What failed, where something did, as it may be told outside.</param>
public sealed record SagaNotice(string Key, int Generation, SagaOutcome Outcome, string? Error) : ISagaInput
{
    /// <inheritdoc />
    [JsonIgnore]
    public SagaId Saga => new(Key, Generation, Scope);

    /// <summary>Which child of the saga; null for the saga itself.</summary>
    public string? Scope { get; init; }

    /// <summary>Which notification of that saga, counted from 1: the order in which they are delivered.</summary>
    public int Number { get; init; }
}
