namespace OrderSagaFunctions.Inventory;

/// <summary>The settings under <c>Inventory__</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Inventory";

    /// <summary>Items to add at start where they are not there yet, such as <c>sku-100=1000,sku-200=50@berlin</c>.</summary>
    public string Seed { get; set; } = string.Empty;
}
