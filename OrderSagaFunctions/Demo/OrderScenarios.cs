using System.Collections.Frozen;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;

namespace OrderSagaFunctions.Demo;

/// <summary>The published scenarios, told apart by the first characters of the order's id.</summary>
internal static class OrderScenarios
{
    // The doubled digit fails the compensation of the step that the single digit fails: an id starting with 22 does both.
    public static readonly FaultScenarios Faults = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [OrderActivities.ProcessOrder] = "1",
        [OrderActivities.UpdateOrderStatus] = "11",
        [PaymentActivities.ProcessPayment] = "2",
        [PaymentActivities.ProcessRefund] = "22",
        [InventoryActivities.ReserveInventory] = "3",
        [InventoryActivities.ReleaseInventory] = "33",
    }.ToFrozenDictionary(StringComparer.Ordinal));
}
