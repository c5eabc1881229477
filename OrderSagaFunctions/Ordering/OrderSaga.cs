using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using Sagas;

namespace OrderSagaFunctions.Ordering;

/// <summary>
/// The order saga: T1..T3 with checks and a review before anything is taken, and C3..C1 where one of them fails
/// (Garcia-Molina and Salem, "Sagas", 1987).
/// </summary>
public static class OrderSaga
{
    /// <summary>The orchestrator.</summary>
    /// <exception cref="SagaFailedException">The order failed; whatever could be undone is undone.</exception>
    [Function(nameof(OrderSaga))]
    public static async Task<OrderSagaResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<OrderSagaInput>()!;
        var (order, settings, generation, version) = input;
        var saga = new SagaRun(context, OrderSteps.Definition, order.OrderId, settings, generation);
        saga.TakeOver(input.IsResumed ? UndosOf(input, context.InstanceId) : []);
        try
        {
            if (input.IsCancelled)
            {
                saga.TurnBack(OrderSteps.ProcessOrder);
            }

            // T1
            var stored = await saga.DoAsync<OrderStored>(
                OrderSteps.ProcessOrder, new OrderToStore(order, context.InstanceId, generation) { StartedAt = saga.Now });
            if (stored.IsTakenOver)
            {
                saga.TakeOver(UndosOf(input with { Plan = stored.Plan }, context.InstanceId));
            }

            var flags = await CheckAsync(saga, CheckFacts.Of(order));
            if (flags.Count > 0)
            {
                await saga.ReviewAsync(OrderSteps.Review, flags);
            }

            // T2
            await saga.DoAsync(OrderSteps.ProcessPayment, new PaymentRequest(order.OrderId, generation, order.Total));

            // T3
            if (version >= OrderVersions.ByLocation && stored.Plan is { } plan)
            {
                await saga.DoAllAsync(OrderSteps.ReserveInventory, nameof(FulfilmentSaga), FulfilmentSaga.Of(order, generation, settings, plan));
            }
            else
            {
                await saga.DoAsync(OrderSteps.ReserveInventory, StockRequest.Of(order.OrderId, generation, order.Lines));
            }

            await saga.CommitAsync(OrderSteps.NotifySuccess);
        }
        catch (StepFailedException failure)
        {
            // C3..C1: what was done, or may have been, is undone in reverse.
            await saga.CompensateAsync(failure);
        }

        return new OrderSagaResult(order.OrderId, await saga.EndAsync());
    }

    // All that a run of this generation may have done, whichever of it the stopped one had come to.
    private static Undo[] UndosOf(OrderSagaInput input, string instanceId)
    {
        var (order, settings, generation, _) = input;
        return
        [
            new(OrderSteps.ProcessOrder.Compensation!, new OrderToStore(order, instanceId, generation)),
            new(OrderSteps.ProcessPayment.Compensation!, new PaymentRequest(order.OrderId, generation, order.Total)),
            new(OrderSteps.ReserveInventory.Compensation!, input.Plan is { } plan
                ? new FanOut(FulfilmentSaga.Of(order, generation, settings, plan))
                : StockRequest.Of(order.OrderId, generation, order.Lines)),
        ];
    }

    internal static Task<List<ReviewFlag>> CheckAsync(SagaRun saga, CheckFacts facts) =>
        saga.InStateAsync(OrderSteps.Checks, async () =>
        {
            var verdicts = await Task.WhenAll(
                saga.CallAsync<CheckVerdict>(OrderSteps.Checks, CheckActivities.CheckIdentity, facts),
                saga.CallAsync<CheckVerdict>(OrderSteps.Checks, CheckActivities.CheckAddress, facts),
                saga.CallAsync<CheckVerdict>(OrderSteps.Checks, CheckActivities.CheckCredit, facts),
                saga.CallAsync<CheckVerdict>(OrderSteps.Checks, CheckActivities.CheckFraud, facts));
            return verdicts.Select(verdict => verdict.Flag).OfType<ReviewFlag>().ToList();
        });
}

/// <summary>What an order saga starts with.</summary>
/// <param name="Order">The accepted order.</param>
/// <param name="Settings">The settings of the moment, which hold for the whole run.</param>
/// <param name="Generation">Which saga of the order this is, counted from 1.</param>
/// <param name="Version">The road that it takes to its end, one of <see cref="OrderVersions"/>: an input without one is from before there were any.</param>
public sealed record OrderSagaInput(Order Order, SagaSettings Settings, int Generation, int Version = OrderVersions.First)
{
    /// <summary>Whether an earlier run of the same saga was stopped, so that any of its steps may have acted.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Whether that run's cancel was granted: this one goes back at once.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>From which locations that run had the order come, where from more than one.</summary>
    public IReadOnlyList<LocationPlan>? Plan { get; init; }
}

/// <summary>The output of an order saga that succeeded or was cancelled. The story is in its custom status and with the order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record OrderSagaResult(string OrderId, SagaOutcome Outcome);

/// <summary>
/// The roads that the order saga has had. A replay has to take the turns that the first run took, so a change of the road is a
/// new version and a branch on it; an order ends on the road that it began on.
/// </summary>
public static class OrderVersions
{
    /// <summary>All stock is reserved in one step.</summary>
    public const int First = 1;

    /// <summary>Stock at several locations is reserved by a saga each, which also books the shipment from there.</summary>
    public const int ByLocation = 2;

    /// <summary>What new orders take.</summary>
    public const int Current = ByLocation;
}
