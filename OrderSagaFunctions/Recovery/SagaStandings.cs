using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using Sagas;
using Sagas.Decisions;
using Sagas.Incidents;

namespace OrderSagaFunctions.Recovery;

/// <summary>Finds out how an order's latest saga stands, from its story and from what it has left in the tables.</summary>
public sealed class SagaStandings(
    PaymentLedger payments, InventoryReader inventory, ShipmentStore shipments, IncidentStore incidents, CancelGate gate)
{
    /// <summary>Finds it out.</summary>
    /// <param name="client">Knows the saga's children.</param>
    /// <param name="order">The order.</param>
    /// <param name="instance">Its saga with its custom status, or null where the host does not know it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal async Task<SagaStanding> FindAsync(
        DurableTaskClient client, StoredOrder order, OrchestrationMetadata? instance, CancellationToken cancellation)
    {
        var story = order.Report ?? SagaReport.Of(instance);
        var left = await incidents.ReadAsync(order.OrderId, cancellation);
        var money = await payments.StateOfAsync(order.OrderId, order.Generation, cancellation);
        var stock = await inventory.ReadReservationsAsync(StockRequest.Of(order.OrderId, order.Generation, order.Lines), cancellation);
        var shipped = (await shipments.ReadAsync(order.OrderId, cancellation)).Where(shipment => shipment.Generation == order.Generation).ToList();
        // A saga that was purged tells nothing of it, and its rows do.
        var hasCompensated = order.Status == OrderStatus.Pending
            || money == LedgerState.Undone
            || stock.Any(static row => row.State != ReservationState.Reserved)
            || shipped.Exists(static shipment => shipment.State != ShipmentState.Booked)
            || left.Any(incident => OrderSagas.IsCompensation(incident.Compensation) && incident.IsOf(order.Generation))
            || (story?.Path ?? []).Any(OrderSteps.Definition.IsCompensation)
            || await HasChildCompensatedAsync(client, story, cancellation);
        // The incidents count beside the rows: of a debit whose answer nobody heard these know nothing.
        var hasLeftSomething = money == LedgerState.Debited
            || stock.Any(static row => row.State == ReservationState.Reserved)
            || shipped.Exists(static shipment => shipment.State == ShipmentState.Booked)
            || left.Any(static incident => incident.Status == IncidentStatus.Open && OrderSagas.IsCompensation(incident.Compensation));
        return new SagaStanding(
            story?.Outcome,
            hasCompensated,
            hasCompensated && hasLeftSomething,
            await gate.IsCancelledAsync(order.Id, cancellation));
    }

    // Of a child that has not ended yet its parent's story tells no more than that it runs.
    private static async Task<bool> HasChildCompensatedAsync(DurableTaskClient client, SagaReport? story, CancellationToken cancellation)
    {
        foreach (var child in (story?.Children ?? []).Where(static child => child.Outcome is null))
        {
            var told = SagaReport.Of(await client.GetInstanceAsync(child.InstanceId, getInputsAndOutputs: true, cancellation));
            if (told is not null && told.Path.Any(OrderSagas.IsCompensation))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>How an order's latest saga stands, as whoever takes the order up again has to know it.</summary>
/// <param name="Outcome">How it ended, or null where it has not, or nobody knows.</param>
/// <param name="HasCompensated">Whether it, or a child of it, has begun to go backward.</param>
/// <param name="IsHalfUndone">Whether it has, and has left something that is not undone.</param>
/// <param name="IsCancelled">Whether its cancel was granted.</param>
internal sealed record SagaStanding(SagaOutcome? Outcome, bool HasCompensated, bool IsHalfUndone, bool IsCancelled)
{
    /// <summary>
    /// Whether the next saga begins anew, with effects of its own. One that was stopped on its way back goes on as the same
    /// saga: what became of the compensation that was under way nobody knows, and rows say nothing of a refund that was made, or
    /// is due, unheard. So does one that was cancelled: the next one would have a gate of its own, which nobody holds.
    /// </summary>
    public bool IsDoneWith => HasCompensated && Outcome is not null && !IsHalfUndone && !IsCancelled;

    /// <summary>Whether the next saga goes on as the same one, back to its end.</summary>
    public bool GoesBack => HasCompensated && !IsDoneWith;
}
