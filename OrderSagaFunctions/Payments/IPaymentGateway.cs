using OrderSagaFunctions.Saga;

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
