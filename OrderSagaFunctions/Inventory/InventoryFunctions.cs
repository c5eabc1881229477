using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Ordering;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Inventory;

/// <summary>T3 and C3 of the saga.</summary>
public sealed class InventoryFunctions(InventoryStore store, StepAttempt attempt, CompensationAttempt compensation)
{
    /// <summary>Reserves the stock of each line.</summary>
    [Function(OrderStates.ReserveInventory)]
    public Task<StepResult> ReserveAsync([ActivityTrigger] StockRequest request, CancellationToken cancellation) =>
        attempt.RunAsync(OrderStates.ReserveInventory, request.OrderId, token => store.ReserveAsync(request, token), cancellation);

    /// <summary>Gives back what was reserved.</summary>
    [Function(OrderStates.ReleaseInventory)]
    public Task<StepResult> ReleaseAsync([ActivityTrigger] StockRequest request, CancellationToken cancellation) =>
        compensation.RunAsync(OrderStates.ReleaseInventory, request.OrderId, request.Generation, token => store.ReleaseAsync(request, token), cancellation);
}
