using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Ordering;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Payments;

/// <summary>
/// T2 and C2 of the saga. An order that costs nothing is done with by neither: no provider is asked for 0, which many refuse,
/// and the ledger has no movement of it.
/// </summary>
public sealed class PaymentFunctions(IPaymentGateway gateway, StepAttempt attempt, CompensationAttempt compensation)
{
    /// <summary>Debits the customer.</summary>
    [Function(OrderStates.ProcessPayment)]
    public Task<StepResult> ProcessAsync([ActivityTrigger] PaymentRequest request, CancellationToken cancellation) =>
        attempt.RunAsync(
            OrderStates.ProcessPayment, request.OrderId, async token => CostsNothing(request) ? StepResult.Done : await gateway.DebitAsync(request, token), cancellation);

    /// <summary>Credits the customer with what was debited.</summary>
    [Function(OrderStates.ProcessRefund)]
    public Task<StepResult> RefundAsync([ActivityTrigger] PaymentRequest request, CancellationToken cancellation) =>
        compensation.RunAsync(
            OrderStates.ProcessRefund,
            request.OrderId,
            request.Generation,
            async token => CostsNothing(request) ? StepResult.Done : await gateway.CreditAsync(request, token),
            cancellation);

    private static bool CostsNothing(PaymentRequest request) => request.Total.Minor == 0;
}
