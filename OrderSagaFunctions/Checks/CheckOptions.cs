using System.ComponentModel.DataAnnotations;
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
