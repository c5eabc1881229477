using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Orders;

/// <summary>Refuses a currency whose decimals are not known.</summary>
internal sealed class OrderOptionsValidator : IValidateOptions<OrderOptions>
{
    public ValidateOptionsResult Validate(string? name, OrderOptions options) => Currencies.DigitsOf(options.DefaultCurrency) is null
        ? ValidateOptionsResult.Fail($"Orders__DefaultCurrency is '{options.DefaultCurrency}', expected {Currencies.Rule}.")
        : ValidateOptionsResult.Success;
}
