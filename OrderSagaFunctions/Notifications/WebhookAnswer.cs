namespace OrderSagaFunctions.Notifications;

/// <summary>What has come of one attempt at a delivery.</summary>
/// <param name="Error">Why it failed; null where the receiver has it.</param>
internal sealed record WebhookAnswer(string? Error)
{
    /// <summary>The receiver does not want to be called again.</summary>
    public bool IsGone { get; init; }

    /// <summary>How long the receiver wants to be left alone, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
