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
