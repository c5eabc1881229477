namespace OrderSagaFunctions.Payments;

/// <summary>What the provider is asked: the body of both its calls.</summary>
/// <param name="OrderId">The order, by which the provider knows whose money it is.</param>
/// <param name="AmountMinor">How much, in the currency's smallest unit.</param>
/// <param name="Currency">The ISO 4217 code.</param>
/// <param name="DebitId">The key of the debit that a credit undoes; null in a debit.</param>
internal sealed record ProviderCall(string OrderId, long AmountMinor, string Currency, Guid? DebitId = null);
