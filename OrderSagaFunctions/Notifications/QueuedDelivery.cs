namespace OrderSagaFunctions.Notifications;

/// <summary>That an order's notifications are to be looked at.</summary>
/// <param name="DueAt">When.</param>
/// <param name="OrderId">The order.</param>
/// <param name="NotificationId">Why: this one is to be delivered, or has kept others waiting.</param>
/// <param name="Since">Since when.</param>
internal sealed record QueuedDelivery(DateTimeOffset DueAt, string OrderId, string NotificationId, DateTimeOffset Since)
{
    /// <summary>The key of its row: rows sort as they fall due.</summary>
    public string Key => $"{DueAt.UtcTicks:D19}-{NotificationId}";
}
