using System.Text.Json.Serialization;

namespace Sagas;

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
