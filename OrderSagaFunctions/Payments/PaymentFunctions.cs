using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Payments;

/// <summary>T2 and C2 of the saga.</summary>
public sealed class PaymentFunctions(IPaymentGateway gateway, StepAttempt attempt, CompensationAttempt compensation)
{
    /// <summary>Debits the customer.</summary>
    [Function(OrderStates.ProcessPayment)]
    public Task<StepResult> ProcessAsync([ActivityTrigger] PaymentRequest request, CancellationToken cancellation) =>
        attempt.RunAsync(OrderStates.ProcessPayment, request.OrderId, token => gateway.DebitAsync(request, token), cancellation);

    /// <summary>Credits the customer with what was debited.</summary>
    [Function(OrderStates.ProcessRefund)]
    public Task<StepResult> RefundAsync([ActivityTrigger] PaymentRequest request, CancellationToken cancellation) =>
        compensation.RunAsync(OrderStates.ProcessRefund, request.OrderId, request.Generation, token => gateway.CreditAsync(request, token), cancellation);
}
