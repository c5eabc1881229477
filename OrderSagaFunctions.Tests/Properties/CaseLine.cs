using FsCheck;
using FsCheck.Fluent;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>A line of an order.</summary>
/// <param name="Item">What.</param>
/// <param name="Quantity">How many pieces.</param>
internal sealed record CaseLine(string Item, int Quantity)
{
    /// <summary>How many pieces there are of each item that is in stock.</summary>
    public const int InStock = 10;

    /// <summary>The items in stock and where each is.</summary>
    public static readonly IReadOnlyDictionary<string, string> Places = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["plain-1"] = "main", ["plain-2"] = "main", ["north-1"] = "north", ["south-1"] = "south", ["east-1"] = "east",
    };

    // Of which nobody has ever had any.
    private const string Unknown = "unknown-1";

    /// <summary>Any line; some want more than there is.</summary>
    public static Gen<CaseLine> Any { get; } =
        from item in Gen.Frequency((20, Gen.Elements<string>([.. Places.Keys])), (1, Gen.Constant(Unknown)))
        from quantity in Gen.Elements(1, 1, 1, 2, 10, 11)
        select new CaseLine(item, quantity);

    public override string ToString() => $"{Quantity} {Item}";
}
