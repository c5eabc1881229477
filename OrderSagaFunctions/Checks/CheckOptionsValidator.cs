using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Checks;

/// <summary>Rejects countries that are none.</summary>
internal sealed class CheckOptionsValidator : IValidateOptions<CheckOptions>
{
    public ValidateOptionsResult Validate(string? name, CheckOptions options) =>
        CheckRules.Split(options.ServedCountries).All(static country => OrderLimits.IsCountry(country.ToUpperInvariant()))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Checks__ServedCountries is '{options.ServedCountries}', expected two-letter country codes separated by commas, such as 'DE,FR'.");
}
