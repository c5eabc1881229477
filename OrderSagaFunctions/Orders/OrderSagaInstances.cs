using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Orders;

/// <summary>Finds the latest saga of an order: it may run under another id than the order's.</summary>
internal sealed class OrderSagaInstances(OrderStore orders) : ISagaInstances
{
    /// <inheritdoc />
    public async Task<SagaInstance?> FindAsync(string key, CancellationToken cancellation) => (await orders.FindAsync(key, cancellation))?.Saga;
}
