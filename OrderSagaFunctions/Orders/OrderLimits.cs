using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Orders;

/// <summary>What an order may hold at most, so that its rows stay within the limits that tables have on both hosts.</summary>
public static class OrderLimits
{
    /// <summary>Lines an order.</summary>
    public const int Lines = 100;

    /// <summary>Pieces a line.</summary>
    public const long Quantity = 1_000_000;

    /// <summary>Pieces of an item in stock.</summary>
    public const long Stock = 1_000_000_000;

    /// <summary>Characters of an id.</summary>
    public const int IdLength = 64;

    /// <summary>Characters of a line's description.</summary>
    public const int DescriptionLength = 200;

    /// <summary>Characters of all lines together, as stored: a table property holds 64 KB, which is 32,768 characters.</summary>
    public const int StoredLinesLength = 32_000;

    /// <summary>The rule of a country's code, for messages.</summary>
    public const string CountryRule = "a two-letter country code such as DE";

    /// <summary>The rule of an item's or a customer's id, for messages.</summary>
    public const string ItemOrCustomerIdRule = "1 to 64 characters of A-Z a-z 0-9 - _ . : @";

    /// <summary>The rule of a line's description, for messages.</summary>
    public static string DescriptionRule => $"at most {DescriptionLength} characters and none of them a control character";

    /// <summary>Whether a text can be an order's id and so an instance id and a table key on both hosts: 1 to 64 of A-Z a-z 0-9 - _.</summary>
    public static bool IsOrderId(string? text) => SagaKey.IsId(text);

    /// <summary>Whether a text can be a country's code: two of A-Z.</summary>
    public static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);

    /// <summary>Whether a text can be an item's or a customer's id: 1 to 64 of A-Z a-z 0-9 - _ . : @.</summary>
    public static bool IsItemOrCustomerId(string? text) =>
        text is { Length: > 0 and <= IdLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '@');
}

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
