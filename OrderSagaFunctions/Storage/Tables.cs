namespace OrderSagaFunctions.Storage;

/// <summary>Every table of the app. Keys are given in the stores that own the tables.</summary>
internal static class Tables
{
    public const string Orders = "Orders";
    public const string IdempotencyKeys = "IdempotencyKeys";
    public const string Claims = "Claims";
    public const string Payments = "Payments";
    public const string Inventory = "Inventory";
    public const string InventoryItems = "InventoryItems";
    public const string Reviews = "Reviews";
    public const string Notifications = "Notifications";
    public const string Deliveries = "Deliveries";
    public const string Incidents = "Incidents";
    public const string Parkings = "Parkings";
    public const string Shipments = "Shipments";

    public static readonly string[] All =
        [Orders, IdempotencyKeys, Claims, Payments, Inventory, InventoryItems, Reviews, Notifications, Deliveries, Incidents, Parkings, Shipments];
}
