using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Checks;

/// <summary>What one check says. A flag does not fail the order: it sends it to a person.</summary>
/// <param name="Flag">The flag, or null where there is nothing to say.</param>
public sealed record CheckVerdict(ReviewFlag? Flag)
{
    /// <summary>Nothing to say.</summary>
    public static CheckVerdict Pass { get; } = new((ReviewFlag?)null);
}

/// <summary>What the checks look at: the order boiled down, so that four activities do not each carry all its lines.</summary>
/// <param name="CustomerId">Who orders.</param>
/// <param name="ShipToCountry">Where it goes, where the order says so.</param>
/// <param name="Total">What it costs.</param>
/// <param name="LargestQuantity">The most pieces of any one item.</param>
public sealed record CheckFacts(string CustomerId, string? ShipToCountry, Money Total, long LargestQuantity)
{
    /// <summary>Boils an order down.</summary>
    public static CheckFacts Of(Order order) => new(
        order.CustomerId,
        order.ShipToCountry,
        order.Total,
        order.Lines.GroupBy(line => line.ItemId, StringComparer.Ordinal).Max(item => item.Sum(line => line.Quantity)));
}
