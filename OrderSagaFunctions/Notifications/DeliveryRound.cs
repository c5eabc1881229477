namespace OrderSagaFunctions.Notifications;

/// <summary>What a round of deliveries says.</summary>
/// <param name="NextAt">When the next one is due; null where there is no webhook any more.</param>
public sealed record DeliveryRound(DateTimeOffset? NextAt);
