using OrderSagaFunctions.Payments;
using Sagas;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>A payment provider that may refuse; what it does not refuse the ledger does.</summary>
internal sealed class CaseGateway(PaymentLedger ledger, CasePayment payment) : IPaymentGateway
{
    private static readonly StepResult Refused = new(new Refusal("card_declined", "The provider refuses."));
    private bool _hasRefused;

    public Task<StepResult> DebitAsync(PaymentRequest request, CancellationToken cancellation) =>
        payment == CasePayment.RefusesDebit ? Task.FromResult(Refused) : ledger.DebitAsync(request, cancellation);

    public Task<StepResult> CreditAsync(PaymentRequest request, CancellationToken cancellation)
    {
        if (payment == CasePayment.RefusesCredit && !_hasRefused)
        {
            _hasRefused = true;
            return Task.FromResult(Refused);
        }

        return ledger.CreditAsync(request, cancellation);
    }
}
