using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sagas;
using Sagas.Incidents;

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

/// <summary>What is kept of orders.</summary>
internal static class OrdersServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddSettings<OrderOptions, OrderOptionsValidator>(OrderOptions.Section);
        services.AddSingleton<OrderStore>();
        services.AddSingleton<ISagaInstances, OrderSagaInstances>();
        return services;
    }
}
