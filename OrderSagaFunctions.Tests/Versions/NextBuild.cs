using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using Sagas;

namespace OrderSagaFunctions.Tests.Versions;

/// <summary>The order saga as a next build could have it: with one step more, on a branch of its own.</summary>
public static class NextBuild
{
    public const int WithInsurance = OrderVersions.Current + 1;

    private const string InsureOrder = "InsureOrder";
    private static readonly SagaStep Insure = new(InsureOrder) { IsOptional = true };

    private static readonly SagaDefinition Definition = OrderSteps.Definition with
    {
        Steps = [OrderSteps.ProcessOrder, OrderSteps.Checks, OrderSteps.Review, OrderSteps.ProcessPayment, Insure, OrderSteps.ReserveInventory, OrderSteps.NotifySuccess],
    };

    [Function(nameof(OrderSaga))]
    public static async Task<OrderSagaResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (order, settings, generation, version) = context.GetInput<OrderSagaInput>()!;
        var saga = new SagaRun(context, Definition, order.OrderId, settings, generation);
        try
        {
            await saga.DoAsync<OrderStored>(OrderSteps.ProcessOrder, new OrderToStore(order, context.InstanceId, generation));
            var flags = await OrderSaga.CheckAsync(saga, CheckFacts.Of(order));
            if (flags.Count > 0)
            {
                await saga.ReviewAsync(OrderSteps.Review, flags);
            }

            await saga.DoAsync(OrderSteps.ProcessPayment, new PaymentRequest(order.OrderId, generation, order.Total));
            if (version >= WithInsurance)
            {
                await saga.DoAsync(Insure, order.OrderId);
            }

            await saga.DoAsync(OrderSteps.ReserveInventory, StockRequest.Of(order.OrderId, generation, order.Lines));
            await saga.CommitAsync(OrderSteps.NotifySuccess);
        }
        catch (StepFailedException failure)
        {
            await saga.CompensateAsync(failure);
        }

        return new OrderSagaResult(order.OrderId, await saga.EndAsync());
    }

    [Function(InsureOrder)]
    public static StepResult Insured([ActivityTrigger] string orderId) => StepResult.Done;
}
