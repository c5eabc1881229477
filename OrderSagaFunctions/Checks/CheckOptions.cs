using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Checks;

/// <summary>The settings under <c>Checks__</c>: what passes without a person looking at it.</summary>
public sealed class CheckOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Checks";

    /// <summary>
    /// The largest total that passes, in major units, for each currency that has a limit; an order in another one is looked at.
    /// </summary>
    public string CreditLimit { get; set; } = "10000 EUR";

    /// <summary>The most pieces of one item that pass.</summary>
    [Range(typeof(long), "1", "1000000000")]
    public long MaxQuantity { get; set; } = 100;

    /// <summary>The customer ids, separated by commas, that stand for nobody in particular.</summary>
    public string AnonymousCustomers { get; set; } = "anonymous,guest,unknown";

    /// <summary>The two-letter countries, separated by commas, that are delivered to; empty for all.</summary>
    public string ServedCountries { get; set; } = string.Empty;
}

/// <summary>Refuses limits that no order could pass.</summary>
internal sealed class CheckOptionsValidator(IOptions<OrderOptions> orders) : IValidateOptions<CheckOptions>
{
    public ValidateOptionsResult Validate(string? name, CheckOptions options)
    {
        var errors = new List<string>();
        if (!CreditLimits.TryParse(options.CreditLimit, out var limits))
        {
            errors.Add($"Checks__CreditLimit is '{options.CreditLimit}', expected {CreditLimits.Rule}.");
        }
        else if (limits.Of(orders.Value.DefaultCurrency) is null)
        {
            errors.Add(
                $"Checks__CreditLimit is '{options.CreditLimit}', which has no limit in {orders.Value.DefaultCurrency}, the currency of "
                + "Orders__DefaultCurrency: each order that names no currency would be looked at by a person. Add that limit.");
        }

        if (!CheckRules.Split(options.ServedCountries).All(static country => OrderLimits.IsCountry(country.ToUpperInvariant())))
        {
            errors.Add($"Checks__ServedCountries is '{options.ServedCountries}', expected two-letter country codes separated by commas, such as 'DE,FR'.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

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
