using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using Sagas;
using Sagas.Claims;
using Sagas.Decisions;

namespace OrderSagaFunctions.Orders;

/// <summary>T1 and C1 of the saga, and its last activity.</summary>
public sealed class OrderFunctions(
    OrderStore orders, OrderEnds ends, ClaimIndex claims, FulfilmentPlanner planner, StepAttempt attempt, CompensationAttempt compensation)
{
    /// <summary>Stores the order, and from where it comes.</summary>
    [Function(OrderStates.ProcessOrder)]
    public Task<OrderStored> ProcessAsync([ActivityTrigger] OrderToStore order, CancellationToken cancellation) => attempt.RunAsync(
        OrderStates.ProcessOrder,
        order.Order.OrderId,
        async token =>
        {
            // The saga has begun, whatever becomes of this.
            var begun = claims.RemoveAsync(nameof(OrderSaga), order.Order.OrderId, token);
            var stored = StoreAsync(order, token);
            await Task.WhenAll(begun, stored);
            return await stored;
        },
        cancellation);

    /// <summary>Sets the order back to pending.</summary>
    [Function(OrderStates.UpdateOrderStatus)]
    public Task<StepResult> UpdateStatusAsync([ActivityTrigger] OrderToStore order, CancellationToken cancellation) =>
        compensation.RunAsync(OrderStates.UpdateOrderStatus, order.Order.OrderId, order.Generation, token => orders.SetPendingAsync(order, token), cancellation);

    /// <summary>Stores the saga's story with the order; refused where it failed and a cancel was granted meanwhile.</summary>
    [Function(OrderActivities.StoreReport)]
    public Task<StepResult> StoreReportAsync([ActivityTrigger] ReportToStore report, CancellationToken cancellation) =>
        attempt.RunAsync(OrderActivities.StoreReport, report.Key, token => ends.StoreAsync(report, token), cancellation);

    private async Task<OrderStored> StoreAsync(OrderToStore order, CancellationToken cancellation)
    {
        var plan = await planner.PlanAsync(order.Order.Lines, cancellation);
        return plan.Count > Locations.MostOfAnOrder
            ? new OrderStored(new Refusal(
                "TooManyLocations", $"The items are at {plan.Count} locations; one order may come from {Locations.MostOfAnOrder}. Place several orders."))
            : await orders.StoreAsync(order, plan.Count > 1 ? plan : null, cancellation);
    }
}

/// <summary>The input of ProcessOrder and of its compensation UpdateOrderStatus.</summary>
/// <param name="Order">The order.</param>
/// <param name="InstanceId">The saga that stores it.</param>
/// <param name="Generation">Which saga of the order that is.</param>
public sealed record OrderToStore(Order Order, string InstanceId, int Generation)
{
    /// <summary>When that saga began; null where that does not matter.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}

/// <summary>What ProcessOrder answers.</summary>
/// <param name="Refusal">Why it was refused, or null where the order is stored.</param>
/// <param name="Plan">The locations that the order comes from, where that is more than one.</param>
public sealed record OrderStored(Refusal? Refusal = null, IReadOnlyList<LocationPlan>? Plan = null) : StepResult(Refusal)
{
    /// <summary>Whether an earlier run of the same saga had stored it, so that any step may have acted.</summary>
    public bool IsTakenOver { get; init; }
}
