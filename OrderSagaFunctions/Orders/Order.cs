using System.Text.Json.Serialization;

namespace OrderSagaFunctions.Orders;

/// <summary>An order as it was accepted: validated, with its prices in minor units.</summary>
/// <param name="OrderId">The customer's own id of the order.</param>
/// <param name="OrderDate">When the customer placed it, where the order says so.</param>
/// <param name="CustomerId">A pseudonymous customer id; the app keeps no name and no address.</param>
/// <param name="Currency">The ISO 4217 code of every price in the order.</param>
/// <param name="ShipToCountry">The two-letter country the order goes to, where the order says so.</param>
/// <param name="Lines">What is ordered; at least one line.</param>
public sealed record Order(
    string OrderId,
    DateTimeOffset? OrderDate,
    string CustomerId,
    string Currency,
    string? ShipToCountry,
    IReadOnlyList<OrderLine> Lines)
{
    /// <summary>The sum over the lines.</summary>
    [JsonIgnore]
    public Money Total => new(Lines.Sum(line => line.Quantity * line.UnitPriceMinor), Currency);
}

/// <summary>One line of an order.</summary>
/// <param name="ItemId">The stock item.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="Description">What the customer saw, where given.</param>
/// <param name="UnitPriceMinor">The price of one piece, in minor units of the order's currency.</param>
public sealed record OrderLine(string ItemId, long Quantity, string? Description, long UnitPriceMinor);

/// <summary>How far an order has come, as its own row says.</summary>
public enum OrderStatus
{
    /// <summary>Accepted; its saga has not stored it yet.</summary>
    Received,

    /// <summary>Stored by ProcessOrder, and not undone.</summary>
    New,

    /// <summary>Set back by UpdateOrderStatus after a failure. Also the tombstone that refuses a late ProcessOrder.</summary>
    Pending,
}

/// <summary>Which of an order's items come from one location.</summary>
/// <param name="Location">The location.</param>
/// <param name="ItemIds">The items.</param>
public sealed record LocationPlan(string Location, IReadOnlyList<string> ItemIds);

/// <summary>A submitted order on its way in.</summary>
/// <param name="Order">The order.</param>
/// <param name="InstanceId">The saga's id, derived from the idempotency key.</param>
/// <param name="BodyHash">The fingerprint of what the client sent, whatever its spelling.</param>
internal sealed record Submission(Order Order, string InstanceId, string BodyHash);
