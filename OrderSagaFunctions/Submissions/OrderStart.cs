using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Claims;

namespace OrderSagaFunctions.Submissions;

/// <summary>Starts the sagas of submissions, whoever comes to do it: the submission itself, a repeated one, or the <see cref="ClaimFinisher"/>.</summary>
public sealed class OrderStart(OrderStore orders, OrderIndex index, IOptions<SagaOptions> options) : IClaimedSaga
{
    private const int FirstGeneration = 1;
    private readonly SagaSettings _settings = options.Value.ToSagaSettings();

    /// <inheritdoc />
    public string Name => OrderIndex.Saga;

    /// <inheritdoc />
    public async Task<bool> FinishAsync(DurableTaskClient client, string key, CancellationToken cancellation)
    {
        if (await orders.FindAsync(key, cancellation) is not { } order)
        {
            return false;
        }

        // One that was stopped before it stored the order is known to the host, and left to operators.
        if (order.HasStoredNothing && await client.GetInstanceAsync(order.InstanceId, cancellation) is null)
        {
            await StartAsync(client, order.ToOrder(), order.InstanceId, cancellation);
        }

        if (order.Report is not null)
        {
            await index.SettleAsync(key, cancellation);
        }

        return true;
    }

    /// <summary>Whether an order's saga runs, where need be from now on: one that is claimed and has not begun is started.</summary>
    internal async Task<bool> RunsAsync(DurableTaskClient client, StoredOrder order, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(order.InstanceId, cancellation);
        if (instance is null && order.HasStoredNothing && await index.IsToBeginAsync(order.OrderId, cancellation))
        {
            await StartAsync(client, order.ToOrder(), order.InstanceId, cancellation);
            return true;
        }

        return instance is { IsCompleted: false };
    }

    /// <summary>Starts the first saga of an order.</summary>
    /// <exception cref="Exception">The host could not start it, and it does not run.</exception>
    internal async Task StartAsync(DurableTaskClient client, Order order, string instanceId, CancellationToken cancellation)
    {
        var input = new OrderSagaInput(order, _settings, FirstGeneration, OrderVersions.Current);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(OrderSaga), input, new StartOrchestrationOptions { InstanceId = instanceId }, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Hosts refuse a running id each with an exception of their own. It runs, then, or has since: it was started
            // twice at once. One that was stopped before is no sign of that.
            if (!await IsStartedAsync(client, order.OrderId, instanceId, cancellation))
            {
                throw;
            }
        }
    }

    /// <summary>
    /// Whether an order's first saga has begun. A purged instance is unknown: where the order is stored or has a report, its
    /// saga has begun and must not start again; one that was stopped from outside is recovered. Of one that was stopped before
    /// it stored the order nothing is left.
    /// </summary>
    internal async Task<bool> IsStartedAsync(DurableTaskClient client, string orderId, string instanceId, CancellationToken cancellation)
    {
        var order = await orders.FindAsync(orderId, cancellation);
        var instance = await client.GetInstanceAsync(instanceId, cancellation);
        return order is { HasStoredNothing: false } || instance is { IsCompleted: false };
    }
}
