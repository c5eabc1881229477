using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using Sagas;

namespace OrderSagaFunctions.Ordering;

/// <summary>The fulfilment saga, declared: what an order needs done at one of several locations.</summary>
internal static class FulfilmentSteps
{
    public static readonly SagaStep ReserveInventory = OrderSteps.ReserveInventory with { Children = null };

    public static readonly SagaStep BookShipment = new(ShipmentActivities.BookShipment)
    {
        Compensation = new Compensation(ShipmentActivities.CancelShipment, NotificationActivities.NotifyCancelShipmentFail),
    };

    public static readonly SagaDefinition Definition = new("fulfilment", [ReserveInventory, BookShipment])
    {
        KeyPrefix = string.Empty,
        Report = OrderActivities.StoreReport,
        Succeeded = FulfilmentStates.Fulfilled,
        Failed = FulfilmentStates.Failed,
        Cancelled = FulfilmentStates.Cancelled,
    };
}

/// <summary>The states of a fulfilment saga that the order saga does not have itself.</summary>
public static class FulfilmentStates
{
    /// <summary>The good end.</summary>
    public const string Fulfilled = "FulfilmentSucceeded";

    /// <summary>The other end, after whatever compensation was possible.</summary>
    public const string Failed = "FulfilmentFailed";

    /// <summary>The same where somebody cancelled the order.</summary>
    public const string Cancelled = "FulfilmentCancelled";
}
