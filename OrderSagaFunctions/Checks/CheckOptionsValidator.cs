using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Checks;

/// <summary>Refuses limits that no order could pass.</summary>
internal sealed class CheckOptionsValidator : IValidateOptions<CheckOptions>
{
    public ValidateOptionsResult Validate(string? name, CheckOptions options)
    {
        var errors = new List<string>();
        if (options.CreditLimit < 0)
        {
            errors.Add($"Checks__CreditLimit is {options.CreditLimit}, expected 0 or more.");
        }

        if (options.MaxQuantity < 1)
        {
            errors.Add($"Checks__MaxQuantity is {options.MaxQuantity}, expected 1 or more.");
        }

        if (!CheckRules.Split(options.ServedCountries).All(static country => OrderLimits.IsCountry(country.ToUpperInvariant())))
        {
            errors.Add($"Checks__ServedCountries is '{options.ServedCountries}', expected two-letter country codes separated by commas, such as 'DE,FR'.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
