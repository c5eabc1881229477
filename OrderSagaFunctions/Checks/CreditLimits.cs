using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Checks;

/// <summary>The largest total that passes, for each currency that has one. Amounts of two currencies are never compared.</summary>
internal sealed class CreditLimits
{
    private readonly FrozenDictionary<string, Money> _limits;

    private CreditLimits(Dictionary<string, Money> limits) => _limits = limits.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The rule of the setting, for messages.</summary>
    public static string Rule => "one limit a currency, separated by commas, each an amount of 0 or more and an ISO 4217 code, such as '10000 EUR,1500000 JPY'";

    /// <summary>The currencies that have a limit.</summary>
    public IEnumerable<string> Currencies => _limits.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads the setting.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CreditLimits? limits)
    {
        limits = null;
        var found = new Dictionary<string, Money>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split(' ') is not [var amount, var currency]
                || !Money.TryParse(amount, currency, out var limit)
                || limit.Minor < 0
                || !found.TryAdd(currency, limit))
            {
                return false;
            }
        }

        limits = new CreditLimits(found);
        return true;
    }

    /// <summary>The limit of a currency, or null where it has none.</summary>
    public Money? Of(string currency) => _limits.TryGetValue(currency, out var limit) ? limit : null;
}
