using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Recovery;

/// <summary>
/// Starts the sagas that take orders up again. Each is written down before it is started, and its gate is looked at after
/// that: whoever cancels takes the gate and then looks for the saga that was written down last, so that one of the two sees
/// the other.
/// </summary>
public sealed class OrderResumption(OrderStore orders, OrderIndex index, StoppedSagas stopped, ParkStore parking, CancelGate gate, IOptions<SagaOptions> options)
{
    private readonly SagaSettings _settings = options.Value.ToSagaSettings();

    /// <summary>
    /// Whether a saga is written down that the host does not know: the call that wrote it was cut off before it had started it,
    /// or it was purged.
    /// </summary>
    internal static bool IsOwed(StoredOrder order, OrchestrationMetadata? instance) => instance is null && order is { Recoveries: > 0, Report: null };

    /// <summary>The saga that would take an order up next.</summary>
    internal static OrderRecovery Next(StoredOrder order, int generation) =>
        new(order.Recoveries + 1, SagaKey.ToInstanceId($"{order.OrderId}-recovery-{order.Recoveries + 1}"), generation);

    /// <summary>Writes a saga down, and starts it.</summary>
    /// <param name="client">Starts it.</param>
    /// <param name="order">The order.</param>
    /// <param name="stoppedSaga">The saga that it takes over from, or null where the host does not know that.</param>
    /// <param name="next">The saga.</param>
    /// <param name="note">Who has it started, and why.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False where another call has written one down, and starts that.</returns>
    internal async Task<bool> TryTakeUpAsync(
        DurableTaskClient client, StoredOrder order, OrchestrationMetadata? stoppedSaga, OrderRecovery next, OperatorNote note, CancellationToken cancellation)
    {
        if (!await TryWriteDownAsync(order, next, note, cancellation))
        {
            return false;
        }

        await StopChildrenAsync(client, order.OrderId, stoppedSaga, cancellation);
        await StartAsync(client, order, next, isResumed: next.Generation == order.Generation, note, cancellation);
        return true;
    }

    /// <summary>Starts the saga that was written down last: whether any of its steps has acted nobody knows.</summary>
    internal async Task StartOwedAsync(DurableTaskClient client, StoredOrder order, OperatorNote note, CancellationToken cancellation)
    {
        await StopChildrenAsync(client, order.OrderId, await FindStoppedAsync(client, order.OrderId, cancellation), cancellation);
        await StartAsync(client, order, new OrderRecovery(order.Recoveries, order.InstanceId, order.Generation), isResumed: true, note, cancellation);
    }

    // One that begins a generation has an entry in the index before it is written down: no open order is without one.
    private async Task<bool> TryWriteDownAsync(StoredOrder order, OrderRecovery next, OperatorNote note, CancellationToken cancellation)
    {
        if (next.Generation == order.Generation)
        {
            return await orders.TryRecoverAsync(order.OrderId, next, note, cancellation);
        }

        if (await index.ReopenAsync(order.OrderId, next, cancellation) is not { } entry)
        {
            return false;
        }

        if (await orders.TryRecoverAsync(order.OrderId, next with { OpenId = entry.Id }, note, cancellation))
        {
            return true;
        }

        await index.DiscardAsync(entry, cancellation);
        return false;
    }

    /// <summary>The saga that the order's latest recovery takes over from, where the host knows it.</summary>
    private async Task<OrchestrationMetadata?> FindStoppedAsync(DurableTaskClient client, string orderId, CancellationToken cancellation)
    {
        var runs = (await orders.FindRunsAsync(orderId, cancellation))!;
        var instanceId = runs.Recoveries is [.., var before, _] ? before.Recovery.InstanceId : runs.FirstInstanceId;
        return await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation);
    }

    // They outlive a parent that was terminated, and would go their own way beside those of the new saga.
    private async Task StopChildrenAsync(DurableTaskClient client, string orderId, OrchestrationMetadata? stoppedSaga, CancellationToken cancellation)
    {
        // Also those that were undoing what a child had done, and have not come to a wait yet.
        var told = (SagaReport.Of(stoppedSaga)?.Children ?? [])
            .SelectMany(static child => (string?[])[child.InstanceId, child.CompensatedBy]).OfType<string>();
        var waiting = (await parking.ReadLatestAsync(orderId, cancellation)).Where(wait => wait.Task.Scope is not null).Select(wait => wait.Task.InstanceId!);
        foreach (var child in told.Union(waiting, StringComparer.Ordinal))
        {
            await client.StopAsync(child, "Its order was taken up again.", cancellation);
        }
    }

    private async Task StartAsync(
        DurableTaskClient client, StoredOrder order, OrderRecovery recovery, bool isResumed, OperatorNote note, CancellationToken cancellation)
    {
        var saga = new SagaId(order.OrderId, recovery.Generation);
        _ = await client.TryStartAsync(
            nameof(OrderSaga),
            new OrderSagaInput(order.ToOrder(), _settings, recovery.Generation, OrderVersions.Current)
            {
                IsResumed = isResumed,
                IsCancelled = await gate.IsCancelledAsync(saga, cancellation),
                Plan = order.Plan,
            },
            recovery.InstanceId,
            cancellation);
        if (await gate.IsCancelledAsync(saga, cancellation))
        {
            // Granted after it was started, or another call has started it before.
            await client.WakeAsync(recovery.InstanceId, SagaRun.CancelEvent, cancellation);
        }

        await stopped.CloseAsync(order.OrderId, $"Instance '{recovery.InstanceId}' took the order up again.", note.By, cancellation);
    }
}
