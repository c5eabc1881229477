using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Review;

namespace OrderSagaFunctions.Saga;

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
        var (order, settings, generation) = context.GetInput<OrderSagaInput>()!;
        var saga = new SagaRun(context, order.OrderId, generation, settings);
        try
        {
            await saga.DoAsync(OrderSteps.ProcessOrder, new OrderToStore(order, context.InstanceId, generation));

            var flags = await CheckAsync(saga, CheckFacts.Of(order));
            if (flags.Count > 0)
            {
                await ReviewAsync(context, saga, new ReviewRequest(
                    order.OrderId, generation, flags, saga.Now + settings.ReviewTimeout));
            }

            await saga.DoAsync(OrderSteps.ProcessPayment, new PaymentRequest(order.OrderId, generation, order.Total));
            await saga.DoAsync(OrderSteps.ReserveInventory, StockRequest.Of(order.OrderId, generation, order.Lines));
        }
        catch (StepFailedException failure)
        {
            saga.TurnBack(failure);
            while (saga.TryTakeUndo(out var undo))
            {
                if (!await saga.CompensateAsync(undo) && settings.OnCompensationFailure == CompensationPolicy.Stop)
                {
                    await saga.LeaveRestUndoneAsync();
                }
            }

            await saga.EndAsync(OrderStates.OrderFailed, SagaOutcome.Failed);
            throw new SagaFailedException($"Order {order.OrderId} failed. {failure.Message}");
        }

        await saga.TellAsync(OrderStates.NotifySuccess, SagaOutcome.Succeeded);
        await saga.EndAsync(OrderStates.OrderSucceeded, SagaOutcome.Succeeded);
        return new OrderSagaResult(order.OrderId, SagaOutcome.Succeeded);
    }

    private static Task<List<CheckFlag>> CheckAsync(SagaRun saga, CheckFacts facts) =>
        saga.InStateAsync(OrderStates.Checks, async () =>
        {
            var verdicts = await Task.WhenAll(
                saga.CallAsync<CheckVerdict>(OrderActivities.CheckIdentity, facts),
                saga.CallAsync<CheckVerdict>(OrderActivities.CheckAddress, facts),
                saga.CallAsync<CheckVerdict>(OrderActivities.CheckCredit, facts),
                saga.CallAsync<CheckVerdict>(OrderActivities.CheckFraud, facts));
            return verdicts.Select(verdict => verdict.Flag).OfType<CheckFlag>().ToList();
        });

    private static Task<ReviewVerdict> ReviewAsync(TaskOrchestrationContext context, SagaRun saga, ReviewRequest request) =>
        saga.InStateAsync(OrderStates.Review, async () =>
        {
            // The event and the deadline only wake the saga: who has decided is what the gate's row says.
            var verdict = await saga.CallAsync<ReviewVerdict>(OrderActivities.RequestReview, request);
            using var deadline = new ReviewDeadline(context, request.Deadline);
            while (!verdict.Decided)
            {
                var answer = context.WaitForExternalEvent<JsonElement?>(ReviewDecision.EventName);
                var overdue = await Task.WhenAny(answer, deadline.Passed) == deadline.Passed;
                var bid = new ReviewBid(request.OrderId, request.Generation, overdue, overdue ? null : ReviewAnswer.Read(await answer));
                verdict = await saga.CallAsync<ReviewVerdict>(OrderActivities.DecideReview, bid);
            }

            return verdict.Refusal is null ? verdict : throw new StepFailedException(OrderStates.Review, verdict.Refusal);
        });
}
