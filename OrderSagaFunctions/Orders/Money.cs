using System.Collections.Frozen;
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

/// <summary>
/// The currencies an order may be in, with the number of decimals that ISO 4217 gives each: its active codes, without those
/// that have no minor unit, such as gold.
/// </summary>
public static class Currencies
{
    /// <summary>The largest unit price and total that is accepted, in major units: far from overflowing a 64-bit count of minor units.</summary>
    public const long LargestAmount = 1_000_000_000;

    /// <summary>The rule of a code, for messages.</summary>
    public const string Rule = "an active ISO 4217 code such as EUR";

    private static readonly FrozenDictionary<string, int> Digits = new (int Digits, string Codes)[]
    {
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (2,
            "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU " +
            "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
            "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR " +
            "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP " +
            "TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    }
    .SelectMany(static group => group.Codes.Split(' ').Select(code => KeyValuePair.Create(code, group.Digits)))
    .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The number of decimals of a currency, or null where the code is unknown.</summary>
    public static int? DigitsOf(string currency) => Digits.TryGetValue(currency, out var digits) ? digits : null;
}
