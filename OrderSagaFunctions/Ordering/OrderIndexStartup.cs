using Microsoft.Extensions.Hosting;
using OrderSagaFunctions.Orders;
using Sagas.Claims;
using Sagas.Storage;

namespace OrderSagaFunctions.Ordering;

/// <summary>
/// Completes the index over data of an earlier version, once: an entry for each order that has not ended, and the counts of the
/// others. From then on every write keeps it.
/// </summary>
internal sealed class OrderIndexStartup(SagaIndex index, SagaTally tally, OrderStore orders, TimeProvider time) : IHostedLifecycleService
{
    // "Starting" comes before the host takes its first request; the tables are created before, as they are registered before.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!await tally.IsCompleteAsync(OrderIndex.Saga, cancellationToken))
        {
            await CompleteAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CompleteAsync(CancellationToken cancellation)
    {
        // What cannot be read is left out here as in a count of all orders, and the audit names it.
        var unreadable = new UnreadableRows();
        var read = await tally.ReadAsync(OrderIndex.Saga, unreadable, cancellation);
        var known = read.Open.ToDictionary(static entry => entry.Key, StringComparer.Ordinal);
        // What is in the index already is counted beside this.
        var ended = read.Ended.ToDictionary(static pair => pair.Key, static pair => -pair.Value);
        await foreach (var order in orders.GlanceAsync(unreadable, cancellation))
        {
            var entry = known.GetValueOrDefault(order.OrderId);
            if (order.Outcome is { } outcome)
            {
                ended[outcome]++;
                if (entry is not null)
                {
                    _ = await index.TryRemoveAsync(OrderIndex.Saga, entry, cancellation);
                }
            }
            else if (entry is null || entry.Generation != order.Generation)
            {
                // The earlier version removed the entry when the saga began.
                var open = new OpenSaga(order.OrderId, time.GetUtcNow()) { IsBegun = true, Generation = order.Generation, Id = order.OpenId };
                await index.PutAsync(OrderIndex.Saga, open, cancellation);
            }
            else if (entry.Replaces is { } replaced)
            {
                ended[replaced]++;
            }
        }

        _ = await tally.TryCompleteAsync(OrderIndex.Saga, ended, cancellation);
    }
}
