using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Payments;

/// <summary>
/// Moves the money. Each movement has an id that its request derives (<see cref="PaymentRequest.IdOf"/>) and happens once
/// however often it is asked for. A refusal is a value with a code; an exception means that the outcome is not known, and
/// the same is asked for again. What is known to have happened stands in the <see cref="PaymentLedger"/>.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>Debits the order's total.</summary>
    /// <returns>Done; or refused, also where the credit has come first.</returns>
    Task<StepResult> DebitAsync(PaymentRequest request, CancellationToken cancellation);

    /// <summary>
    /// Credits what was debited, be it known or not; where nothing was, succeeds. No debit that is still under way takes
    /// anything after it.
    /// </summary>
    Task<StepResult> CreditAsync(PaymentRequest request, CancellationToken cancellation);
}

/// <summary>The input of ProcessPayment and of its compensation ProcessRefund.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Total">How much.</param>
public sealed record PaymentRequest(string OrderId, int Generation, Money Total) : ISagaInput
{
    SagaId ISagaInput.Saga => new(OrderId, Generation);

    /// <summary>The id of the debit or the credit: the same however often it is asked for.</summary>
    public Guid IdOf(TransactionType type) => EffectId.Of(OrderId, type.ToString(), Generation);
}
