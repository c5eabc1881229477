using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Notifications;

/// <summary>The <c>data</c> of a notification's CloudEvent.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Outcome">How its saga ends.</param>
/// <param name="Error">What failed, where something did.</param>
public sealed record NoticeData(string OrderId, SagaOutcome Outcome, string? Error)
{
    /// <summary>At which of several locations; null where that does not matter.</summary>
    public string? Location { get; init; }
}
