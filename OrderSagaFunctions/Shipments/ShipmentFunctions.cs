using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Shipments;

/// <summary>The second step of a fulfilment saga, and what undoes it.</summary>
public sealed class ShipmentFunctions(ShipmentStore store, StepAttempt attempt, CompensationAttempt compensation)
{
    /// <summary>Books the shipment from a location.</summary>
    [Function(FulfilmentStates.BookShipment)]
    public Task<StepResult> BookAsync([ActivityTrigger] StockRequest request, CancellationToken cancellation) =>
        attempt.RunAsync(FulfilmentStates.BookShipment, request.OrderId, token => store.BookAsync(request, token), cancellation);

    /// <summary>Cancels it.</summary>
    [Function(FulfilmentStates.CancelShipment)]
    public Task<StepResult> CancelAsync([ActivityTrigger] StockRequest request, CancellationToken cancellation) =>
        compensation.RunAsync(FulfilmentStates.CancelShipment, request.OrderId, request.Generation, token => store.CancelAsync(request, token), cancellation);
}
