using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Inventory;

/// <summary>Refuses a seed that cannot be read.</summary>
internal sealed class InventoryOptionsValidator : IValidateOptions<InventoryOptions>
{
    public ValidateOptionsResult Validate(string? name, InventoryOptions options) => InventorySeed.Parse(options.Seed) is null
        ? ValidateOptionsResult.Fail($"Inventory__Seed is '{options.Seed}', expected 'item=quantity' or 'item=quantity@location', each item once and separated by commas, such as 'sku-100=1000,sku-200=50@berlin'.")
        : ValidateOptionsResult.Success;
}
