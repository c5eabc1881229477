using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Inventory;

/// <summary>The settings under <c>Inventory__</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Inventory";

    /// <summary>Items to add at start where they are not there yet, such as <c>sku-100=1000,sku-200=50@berlin</c>.</summary>
    public string Seed { get; set; } = string.Empty;
}

/// <summary>Refuses a seed that cannot be read.</summary>
internal sealed class InventoryOptionsValidator : IValidateOptions<InventoryOptions>
{
    public ValidateOptionsResult Validate(string? name, InventoryOptions options) => InventorySeed.Parse(options.Seed) is null
        ? ValidateOptionsResult.Fail($"Inventory__Seed is '{options.Seed}', expected 'item=quantity' or 'item=quantity@location', each item once and separated by commas, such as 'sku-100=1000,sku-200=50@berlin'.")
        : ValidateOptionsResult.Success;
}
