using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Ordering;

/// <summary>T1 and C1 of the saga, and its last activity.</summary>
public sealed class OrderFunctions(OrderStore orders, OrderEnds ends, InventoryStore inventory)
{
    /// <summary>Stores the order, and from where it comes.</summary>
    [Function(OrderActivities.ProcessOrder)]
    public async Task<OrderStored> ProcessAsync([ActivityTrigger] OrderToStore order, CancellationToken cancellation)
    {
        var plan = await inventory.PlanAsync(order.Order.Lines, cancellation);
        return plan.Count > Locations.MostOfAnOrder
            ? new OrderStored(new Refusal(
                "TooManyLocations", $"The items are at {plan.Count} locations; one order may come from {Locations.MostOfAnOrder}. Place several orders."))
            : await orders.StoreAsync(order, plan.Count > 1 ? plan : null, cancellation);
    }

    /// <summary>Sets the order back to pending.</summary>
    [Function(OrderActivities.UpdateOrderStatus)]
    public Task<StepResult> UpdateStatusAsync([ActivityTrigger] OrderToStore order, CancellationToken cancellation) => orders.SetPendingAsync(order, cancellation);

    /// <summary>Stores the saga's story with the order; refused where it failed and a cancel was granted meanwhile.</summary>
    [Function(OrderActivities.StoreReport)]
    public Task<StepResult> StoreReportAsync([ActivityTrigger] ReportToStore report, CancellationToken cancellation) => ends.StoreAsync(report, cancellation);
}

/// <summary>The order saga and its children.</summary>
internal static class OrderingServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddSingleton<OrderIndex>();
        services.AddHostedService<OrderIndexStartup>();
        services.AddSingleton<OrderEnds>();
        return services;
    }
}

/// <summary>Writes down how orders' sagas end. A cancel that is granted while a saga goes back decides that.</summary>
public sealed class OrderEnds(OrderStore orders, OrderIndex index, CancelGate gate, CommittedNotice committed)
{
    /// <summary>Stores a saga's story; repeating it changes nothing.</summary>
    /// <returns>Done, or refused where the story says that the saga failed and a cancel was granted.</returns>
    public async Task<StepResult> StoreAsync(ReportToStore ended, CancellationToken cancellation)
    {
        // The gate first: from then on no cancel is granted that the story would belie.
        if (ended.Report.Outcome == SagaOutcome.Failed && !await gate.TryFailAsync(ended.Saga, cancellation))
        {
            return new StepResult(Refusal.Cancelled);
        }

        await committed.LookAfterAsync(ended, cancellation);
        // The index after the story: an order without an entry has ended.
        await index.EndAsync(ended, await orders.TryStoreReportAsync(ended, cancellation), cancellation);
        return StepResult.Done;
    }
}
