using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using Sagas;

namespace OrderSagaFunctions.Ordering;

/// <summary>What an order needs done at one of several locations, as a child of the order saga.</summary>
public static class FulfilmentSaga
{
    /// <summary>The orchestrator. It does not throw: one that stops has compensated itself, and says why it stopped.</summary>
    [Function(nameof(FulfilmentSaga))]
    public static async Task<ChildResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (stock, settings) = context.GetInput<FulfilmentInput>()!;
        var saga = SagaRun.ForChild(context, FulfilmentSteps.Definition, new SagaId(stock.OrderId, stock.Generation, stock.Location), settings);
        try
        {
            await saga.DoAsync(FulfilmentSteps.ReserveInventory, stock);
            await saga.DoAsync(FulfilmentSteps.BookShipment, stock);
        }
        catch (StepFailedException failure)
        {
            await saga.CompensateAsync(failure);
        }

        return await saga.EndChildAsync();
    }

    /// <summary>The children of an order, one a location.</summary>
    internal static IReadOnlyList<ChildSaga> Of(Order order, int generation, SagaSettings settings, IEnumerable<LocationPlan> plan) =>
    [
        .. plan.Select(place => StockRequest.Of(order.OrderId, generation, order.Lines, place)).Select(stock => new ChildSaga(
            stock.Location!,
            new FulfilmentInput(stock, settings),
            [.. FulfilmentSteps.Definition.Compensations.Select(compensation => new Undo(compensation, stock))])),
    ];
}

/// <summary>What a fulfilment saga starts with.</summary>
/// <param name="Stock">What is to be reserved and shipped, and from where.</param>
/// <param name="Settings">The order saga's settings.</param>
public sealed record FulfilmentInput(StockRequest Stock, SagaSettings Settings);

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
