namespace OrderSagaFunctions.Storage;

/// <summary>The tables that only orders have. Keys are given in the stores that own the tables.</summary>
internal static class Tables
{
    public const string Orders = "Orders";
    public const string Payments = "Payments";
    public const string Inventory = "Inventory";
    public const string InventoryItems = "InventoryItems";
    public const string Deliveries = "Deliveries";
    public const string Shipments = "Shipments";

    public static readonly string[] All = [Orders, Payments, Inventory, InventoryItems, Deliveries, Shipments];
}
