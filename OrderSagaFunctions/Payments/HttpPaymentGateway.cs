using Sagas;

namespace OrderSagaFunctions.Payments;

/// <summary>
/// Has a provider move the money, and enters in the ledger what it is known to have moved. The ledger is asked first: it
/// remembers when the provider has long forgotten its keys.
/// </summary>
public sealed class HttpPaymentGateway(ProviderClient provider, PaymentLedger ledger) : IPaymentGateway
{
    /// <inheritdoc />
    public async Task<StepResult> DebitAsync(PaymentRequest request, CancellationToken cancellation) =>
        await ledger.StateOfAsync(request.OrderId, request.Generation, cancellation) == LedgerState.Untouched
        && await provider.DebitAsync(request, cancellation) is { } refusal
            ? new StepResult(refusal)
            : await ledger.DebitAsync(request, cancellation);

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The provider knows nothing of a debit that the ledger has.</exception>
    public async Task<StepResult> CreditAsync(PaymentRequest request, CancellationToken cancellation)
    {
        var state = await ledger.StateOfAsync(request.OrderId, request.Generation, cancellation);
        if (state == LedgerState.Undone)
        {
            return StepResult.Done;
        }

        // Asked also where the ledger has no debit: one may have been taken whose answer nobody heard, or be under way.
        var (hadTaken, refusal) = await provider.CreditAsync(request, cancellation);
        if (refusal is not null)
        {
            return new StepResult(refusal);
        }

        if (hadTaken)
        {
            // Does nothing where it is there; else this is the first that is known of it.
            _ = await ledger.DebitAsync(request, cancellation);
        }
        else if (state == LedgerState.Debited)
        {
            throw new InvalidOperationException(
                $"The payment provider has taken nothing for order {request.OrderId}, but the ledger has a debit of it. Compare both books by the order's transaction ids.");
        }

        return await ledger.CreditAsync(request, cancellation);
    }
}
