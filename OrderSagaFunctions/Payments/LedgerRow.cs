using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Payments;

/// <summary>A row of the ledger, tombstones included.</summary>
/// <param name="Type">What was moved, or null for a tombstone in a debit's place.</param>
/// <param name="Generation">Which saga of the order, as the row's key has it.</param>
/// <param name="Amount">How much; nothing in a tombstone.</param>
/// <param name="WrittenAt">When, by the store's own clock.</param>
internal sealed record LedgerRow(TransactionType? Type, string Generation, Money Amount, DateTimeOffset WrittenAt);
