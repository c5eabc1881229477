using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Audit;

/// <summary>The rules about what an ended saga has left in money, stock and status.</summary>
internal static class OrderRules
{
    /// <summary>What does not add up.</summary>
    public static IEnumerable<AuditFinding> Check(OrderTrace trace) =>
        CheckMoney(trace).Concat(CheckStock(trace)).Concat(CheckShipments(trace)).Concat(CheckStatus(trace)).Concat(CheckGate(trace)).Concat(CheckTombstones(trace));

    private static IEnumerable<AuditFinding> CheckMoney(OrderTrace trace)
    {
        var total = trace.Order.Total.Minor;
        var kept = Sum(trace, TransactionType.Debit) - Sum(trace, TransactionType.Credit);
        var (least, most) = (trace.Succeeded, trace.WasLeft(PaymentActivities.ProcessRefund)) switch
        {
            (true, _) => (total, total),
            (false, true) => (0, total),
            (false, false) => (0, 0),
        };
        if (kept < least || kept > most)
        {
            yield return trace.Finding(
                AuditRule.MoneyAddsUp,
                least == most ? $"{least} {trace.Order.Total.Currency} kept, in minor units" : $"{least} to {most} {trace.Order.Total.Currency} kept, in minor units",
                $"{kept}");
        }
    }

    private static long Sum(OrderTrace trace, TransactionType type) =>
        trace.Ledger.Where(row => row.Type == type).Sum(row => row.Amount.Minor);

    private static IEnumerable<AuditFinding> CheckStock(OrderTrace trace)
    {
        var held = trace.Reservations.Where(row => row.State == ReservationState.Reserved).ToDictionary(row => row.ItemId, row => row.Quantity);
        foreach (var line in StockRequest.Of(trace.Order.OrderId, trace.Order.Generation, trace.Order.Lines).Lines)
        {
            var expected = trace.Succeeded ? line.Quantity : 0;
            var found = held.GetValueOrDefault(line.ItemId);
            if (found != expected && (trace.Succeeded || !trace.WasLeft(InventoryActivities.ReleaseInventory, trace.ScopeOf(line.ItemId))))
            {
                yield return trace.Finding(AuditRule.StockIsHeldOrGivenBack, $"{expected} pieces held", $"{found}", line.ItemId);
            }
        }
    }

    private static IEnumerable<AuditFinding> CheckShipments(OrderTrace trace)
    {
        foreach (var child in trace.Report.Children ?? [])
        {
            var isBooked = trace.Shipments.Any(shipment =>
                shipment.Location == child.Scope && shipment.Generation == trace.Order.Generation && shipment.State == ShipmentState.Booked);
            if (isBooked != trace.Succeeded && (trace.Succeeded || !trace.WasLeft(ShipmentActivities.CancelShipment, child.Scope)))
            {
                yield return trace.Finding(
                    AuditRule.ShipmentIsBookedOrCancelled, trace.Succeeded ? $"a shipment from {child.Scope}" : $"no shipment from {child.Scope}", isBooked ? "one" : "none");
            }
        }
    }

    private static IEnumerable<AuditFinding> CheckStatus(OrderTrace trace)
    {
        var expected = trace.Succeeded ? OrderStatus.New : OrderStatus.Pending;
        if (trace.Order.Status != expected && !trace.WasLeft(OrderActivities.UpdateOrderStatus))
        {
            yield return trace.Finding(AuditRule.StatusFitsOutcome, $"{expected}", $"{trace.Order.Status}");
        }
    }

    // A free gate decides nothing: whoever failed, or succeeded, before there was one has none.
    private static IEnumerable<AuditFinding> CheckGate(OrderTrace trace)
    {
        var outcome = trace.Report.Outcome!.Value;
        var expected = trace.Gate switch
        {
            GateHolder.Cancel => SagaOutcome.Cancelled,
            GateHolder.Pivot => SagaOutcome.Succeeded,
            GateHolder.Failed => SagaOutcome.Failed,
            _ => outcome == SagaOutcome.Cancelled ? SagaOutcome.Failed : outcome,
        };
        if (outcome != expected)
        {
            yield return trace.Finding(AuditRule.GateFitsOutcome, $"{expected}, as its cancel gate is {(trace.Gate is { } holder ? $"held by {holder}" : "free")}", $"{outcome}");
        }
    }

    private static IEnumerable<AuditFinding> CheckTombstones(OrderTrace trace)
    {
        foreach (var saga in trace.Ledger.GroupBy(row => row.Generation))
        {
            var credit = saga.FirstOrDefault(row => row.Type == TransactionType.Credit);
            var debit = saga.FirstOrDefault(row => row.Type == TransactionType.Debit);
            if (credit is not null && debit is null)
            {
                yield return trace.Finding(AuditRule.NothingAfterTombstone, "a credit after its debit", "a credit without one");
            }
            else if (debit?.WrittenAt > credit?.WrittenAt)
            {
                yield return trace.Finding(AuditRule.NothingAfterTombstone, $"no debit after the credit of {credit!.WrittenAt:O}", $"one at {debit!.WrittenAt:O}");
            }
        }

        foreach (var row in trace.Reservations.Where(row => row is { State: ReservationState.Tombstone, Quantity: not 0 }))
        {
            yield return trace.Finding(AuditRule.NothingAfterTombstone, "a tombstone that holds nothing", $"{row.Quantity} pieces", row.ItemId);
        }
    }
}
