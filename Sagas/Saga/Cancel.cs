using System.Text.Json.Serialization;

namespace Sagas;

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
public sealed record CancelVerdict(bool IsCancelled);
