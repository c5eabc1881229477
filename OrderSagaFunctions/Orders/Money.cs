using System.Text.Json.Serialization;
using Reading;

namespace OrderSagaFunctions.Orders;

/// <summary>An amount of money as an integer count of the currency's smallest unit; tables have no decimal type.</summary>
/// <param name="Minor">The amount in minor units (cents for EUR).</param>
/// <param name="Currency">The ISO 4217 code.</param>
public readonly record struct Money(long Minor, string Currency)
{
    /// <summary>The amount in major units, with the currency's own number of decimals.</summary>
    /// <exception cref="InvalidOperationException">The currency is not one that <see cref="Currencies"/> knows.</exception>
    [JsonIgnore]
    public decimal Amount
    {
        get
        {
            var digits = Currencies.DigitsOf(Currency)
                ?? throw new InvalidOperationException($"Currency '{Currency}' is unknown, expected {Currencies.Rule}.");
            var magnitude = (UInt128)Int128.Abs(Minor);
            return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, Minor < 0, (byte)digits);
        }
    }

    /// <summary>Reads an amount in major units, by value; one that the currency cannot express is refused, never rounded.</summary>
    /// <param name="amount">The number as JSON writes it.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <param name="money">The amount, where it is exact.</param>
    /// <returns>False where the currency is unknown, or the amount is no number, has too many decimals, or is out of range.</returns>
    public static bool TryParse(string amount, string currency, out Money money)
    {
        var largest = LargestOf(currency);
        money = largest is not null && Numbers.TryScaled(amount, Currencies.DigitsOf(currency)!.Value, out var minor) && Math.Abs(minor) <= largest.Value.Minor
            ? new Money(minor, currency)
            : default;
        return money.Currency is not null;
    }

    /// <summary>The largest unit price and total in a currency, or null where the code is unknown.</summary>
    public static Money? LargestOf(string currency)
    {
        if (Currencies.DigitsOf(currency) is not { } digits)
        {
            return null;
        }

        var minor = Currencies.LargestAmount;
        for (; digits > 0; digits--)
        {
            minor *= 10;
        }

        return new Money(minor, currency);
    }
}
