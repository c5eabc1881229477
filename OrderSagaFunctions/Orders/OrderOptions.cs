using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Orders;

/// <summary>The settings under <c>Orders__</c>.</summary>
public sealed class OrderOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Orders";

    /// <summary>The ISO 4217 code of an order that names no currency.</summary>
    public string DefaultCurrency { get; set; } = "EUR";
}

/// <summary>Refuses a currency whose decimals are not known.</summary>
internal sealed class OrderOptionsValidator : IValidateOptions<OrderOptions>
{
    public ValidateOptionsResult Validate(string? name, OrderOptions options) => Currencies.DigitsOf(options.DefaultCurrency) is null
        ? ValidateOptionsResult.Fail($"Orders__DefaultCurrency is '{options.DefaultCurrency}', expected {Currencies.Rule}.")
        : ValidateOptionsResult.Success;
}
