using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>A page of orders, by id.</summary>
/// <param name="Orders">The orders. There may be fewer than asked for, though more follow.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
/// <param name="Unreadable">The rows because of which orders are left out; null where there are none.</param>
public sealed record OrderPage(IReadOnlyList<OrderSummary> Orders, string? ContinuationToken, IReadOnlyList<UnreadableRow>? Unreadable = null);
