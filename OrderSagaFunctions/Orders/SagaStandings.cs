using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Shipments;

namespace OrderSagaFunctions.Orders;

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
        var story = order.Report ?? OrderStory.ReadCustomStatus(instance);
        var left = await incidents.ReadAsync(order.OrderId, cancellation);
        var hasCompensated = order.Status == OrderStatus.Pending
            || (story?.Path ?? []).Any(OrderSteps.Definition.IsCompensation)
            // Of one that was purged only its incidents tell.
            || left.Any(incident => OrderSagas.IsCompensation(incident.Compensation)
                && incident.Id == Incident.IdOf(incident.Compensation, incident.Scope, order.Generation))
            || await HasChildCompensatedAsync(client, story, cancellation);
        return new SagaStanding(
            story?.Outcome,
            hasCompensated,
            hasCompensated && await HasLeftSomethingAsync(order, left, cancellation),
            await gate.IsCancelledAsync(order.OrderId, order.Generation, cancellation));
    }

    // Of a child that has not ended yet its parent's story tells no more than that it runs.
    private static async Task<bool> HasChildCompensatedAsync(DurableTaskClient client, SagaReport? story, CancellationToken cancellation)
    {
        foreach (var child in (story?.Children ?? []).Where(static child => child.Outcome is null))
        {
            var told = OrderStory.ReadCustomStatus(await client.GetInstanceAsync(child.InstanceId, getInputsAndOutputs: true, cancellation));
            if (told is not null && told.Path.Any(OrderSagas.IsCompensation))
            {
                return true;
            }
        }

        return false;
    }

    // The incidents count beside the rows: of a debit whose answer nobody heard these know nothing.
    private async Task<bool> HasLeftSomethingAsync(StoredOrder order, IReadOnlyList<Incident> left, CancellationToken cancellation) =>
        left.Any(static incident => incident.Status == IncidentStatus.Open && OrderSagas.IsCompensation(incident.Compensation))
        || await payments.StateOfAsync(order.OrderId, order.Generation, cancellation) == LedgerState.Debited
        || await inventory.HoldsAsync(StockRequest.Of(order.OrderId, order.Generation, order.Lines), cancellation)
        || (await shipments.ReadAsync(order.OrderId, cancellation)).Any(shipment =>
            shipment.State == ShipmentState.Booked && shipment.Generation == order.Generation);
}
