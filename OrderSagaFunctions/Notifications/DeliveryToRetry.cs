namespace OrderSagaFunctions.Notifications;

/// <summary>The input of <see cref="DeliveryFunctions.DeliverOne"/>, which an incident keeps.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="NotificationId">The notification.</param>
public sealed record DeliveryToRetry(string OrderId, string NotificationId);
