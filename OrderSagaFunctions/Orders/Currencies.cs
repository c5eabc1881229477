using System.Collections.Frozen;

namespace OrderSagaFunctions.Orders;

/// <summary>The currencies an order may be in, with the number of decimals that ISO 4217 gives each.</summary>
public static class Currencies
{
    /// <summary>The largest unit price and total that is accepted, in major units: far from overflowing a 64-bit count of minor units.</summary>
    public const decimal LargestAmount = 1_000_000_000m;

    private static readonly FrozenDictionary<string, int> Digits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["AUD"] = 2,
        ["BHD"] = 3,
        ["CAD"] = 2,
        ["CHF"] = 2,
        ["CZK"] = 2,
        ["DKK"] = 2,
        ["EUR"] = 2,
        ["GBP"] = 2,
        ["JPY"] = 0,
        ["KRW"] = 0,
        ["KWD"] = 3,
        ["NOK"] = 2,
        ["PLN"] = 2,
        ["SEK"] = 2,
        ["USD"] = 2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The known codes, for messages.</summary>
    public static string Known { get; } = string.Join(", ", Digits.Keys.Order(StringComparer.Ordinal));

    /// <summary>The number of decimals of a currency, or null where the code is unknown.</summary>
    public static int? DigitsOf(string currency) => Digits.TryGetValue(currency, out var digits) ? digits : null;
}
