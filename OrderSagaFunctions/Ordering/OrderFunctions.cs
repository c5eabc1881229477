using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Ordering;

/// <summary>T1 and C1 of the saga, and its last activity.</summary>
public sealed class OrderFunctions(OrderStore orders, OrderEnds ends, FulfilmentPlanner planner)
{
    /// <summary>Stores the order, and from where it comes.</summary>
    [Function(OrderActivities.ProcessOrder)]
    public async Task<OrderStored> ProcessAsync([ActivityTrigger] OrderToStore order, CancellationToken cancellation)
    {
        var plan = await planner.PlanAsync(order.Order.Lines, cancellation);
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
