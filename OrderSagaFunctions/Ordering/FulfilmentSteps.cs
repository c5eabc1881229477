using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Ordering;

/// <summary>The fulfilment saga, declared: what an order needs done at one of several locations.</summary>
internal static class FulfilmentSteps
{
    public static readonly SagaStep ReserveInventory = OrderSteps.ReserveInventory with { Children = null };

    public static readonly SagaStep BookShipment = new(FulfilmentStates.BookShipment)
    {
        Compensation = new Compensation(FulfilmentStates.CancelShipment, FulfilmentStates.NotifyCancelShipmentFail),
    };

    public static readonly SagaDefinition Definition = new("fulfilment", [ReserveInventory, BookShipment])
    {
        KeyPrefix = string.Empty,
        Succeeded = FulfilmentStates.Fulfilled,
        Failed = FulfilmentStates.Failed,
        Cancelled = FulfilmentStates.Cancelled,
    };
}
