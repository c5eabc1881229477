using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Payments;

/// <summary>The input of ProcessPayment and of its compensation ProcessRefund.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Total">How much.</param>
public sealed record PaymentRequest(string OrderId, int Generation, Money Total)
{
    /// <summary>The id of the debit or the credit: the same however often it is asked for.</summary>
    public Guid IdOf(TransactionType type) => EffectId.Of(OrderId, type.ToString(), Generation);
}
