using System.Collections.Frozen;
using OrderSagaFunctions.Ordering;

namespace OrderSagaFunctions.Demo;

/// <summary>The published scenarios, told apart by the first characters of the order's id.</summary>
internal static class OrderScenarios
{
    // The doubled digit fails the compensation of the step that the single digit fails: an id starting with 22 does both.
    public static readonly FaultScenarios Faults = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [OrderStates.ProcessOrder] = "1",
        [OrderStates.UpdateOrderStatus] = "11",
        [OrderStates.ProcessPayment] = "2",
        [OrderStates.ProcessRefund] = "22",
        [OrderStates.ReserveInventory] = "3",
        [OrderStates.ReleaseInventory] = "33",
    }.ToFrozenDictionary(StringComparer.Ordinal));
}
