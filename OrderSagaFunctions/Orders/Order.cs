using System.Text.Json.Serialization;
using Sagas;

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

/// <summary>What an order may hold at most, so that its rows stay within the limits that tables have on both hosts.</summary>
public static class OrderLimits
{
    /// <summary>Lines an order.</summary>
    public const int Lines = 100;

    /// <summary>Pieces a line.</summary>
    public const long Quantity = 1_000_000;

    /// <summary>Pieces of an item in stock.</summary>
    public const long Stock = 1_000_000_000;

    /// <summary>Characters of an id.</summary>
    public const int IdLength = 64;

    /// <summary>Characters of a line's description.</summary>
    public const int DescriptionLength = 200;

    /// <summary>Characters of all lines together, as stored: a table property holds 64 KB, which is 32,768 characters.</summary>
    public const int StoredLinesLength = 32_000;

    /// <summary>The rule of a country's code, for messages.</summary>
    public const string CountryRule = "a two-letter country code such as DE";

    /// <summary>The rule of an item's or a customer's id, for messages.</summary>
    public const string ItemOrCustomerIdRule = "1 to 64 characters of A-Z a-z 0-9 - _ . : @";

    /// <summary>The rule of a line's description, for messages.</summary>
    public static string DescriptionRule => $"at most {DescriptionLength} characters and none of them a control character";

    /// <summary>Whether a text can be an order's id and so an instance id and a table key on both hosts: 1 to 64 of A-Z a-z 0-9 - _.</summary>
    public static bool IsOrderId(string? text) => SagaKey.IsId(text);

    /// <summary>Whether a text can be a country's code: two of A-Z.</summary>
    public static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);

    /// <summary>Whether a text can be an item's or a customer's id: 1 to 64 of A-Z a-z 0-9 - _ . : @.</summary>
    public static bool IsItemOrCustomerId(string? text) =>
        text is { Length: > 0 and <= IdLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '@');
}
