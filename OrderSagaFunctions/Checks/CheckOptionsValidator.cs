using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Checks;

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
