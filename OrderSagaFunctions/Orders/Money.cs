using System.Text.Json.Serialization;

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
                ?? throw new InvalidOperationException($"Currency '{Currency}' is unknown; known are {Currencies.Known}.");
            var magnitude = (UInt128)Int128.Abs(Minor);
            return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, Minor < 0, (byte)digits);
        }
    }

    /// <summary>Converts a decimal price to minor units, refusing any fraction the currency cannot express.</summary>
    /// <param name="amount">The amount in major units.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <param name="money">The converted amount, where it is exact.</param>
    /// <returns>False where the currency is unknown, the amount has too many decimals, or it is out of range.</returns>
    public static bool TryFromAmount(decimal amount, string currency, out Money money)
    {
        money = default;
        if (Currencies.DigitsOf(currency) is not { } digits || Math.Abs(amount) > Currencies.LargestAmount)
        {
            return false;
        }

        var scaled = amount;
        for (var digit = 0; digit < digits; digit++)
        {
            scaled *= 10;
        }

        if (decimal.Truncate(scaled) != scaled)
        {
            return false;
        }

        money = new Money((long)scaled, currency);
        return true;
    }
}
