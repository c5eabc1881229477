using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Recovery;
using Sagas;
using Sagas.Decisions;
using Sagas.Operations;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>Finds the sagas that do not get on: those that run, as only the host knows, and those that were stopped before their end.</summary>
public sealed class StuckSagas(OrderStore orders, OrderIndex index, ParkStore parking, StoppedSagas stopped, TimeProvider time)
{
    /// <summary>Finds a page of them.</summary>
    /// <param name="client">Knows the instances.</param>
    /// <param name="longerThan">How long they have not got on.</param>
    /// <param name="top">How many at most.</param>
    /// <param name="after">The key of the one after which to begin; null for the first.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<StuckPage> FindAsync(
        DurableTaskClient client, TimeSpan longerThan, int top, string? after, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var page = new SortedPage<Silence>(top, after, static silence => SortKey.Of(silence.Since, silence.InstanceId));
        var running = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var instance in RunningSagas.ListAsync(client, withStories: false).WithCancellation(cancellation))
        {
            running[instance.InstanceId] = instance.LastUpdatedAt;
        }

        var unreadable = new UnreadableRows();
        await foreach (var (_, glance) in index.ListAsync(await index.ReadAsync(unreadable, cancellation), unreadable, cancellation))
        {
            if (glance.Outcome is null
                && await unreadable.SkipAsync(() => FindSilenceAsync(client, glance, running, cancellation)) is { } silence && IsLong(now - silence.Since, longerThan))
            {
                page.Add(silence);
            }
        }

        var (silences, next) = page.End();
        var sagas = new List<StuckSaga>();
        foreach (var silence in silences)
        {
            if (await unreadable.SkipAsync(() => ShowAsync(client, silence, cancellation)) is { } saga)
            {
                sagas.Add(saga);
            }
        }

        return new StuckPage(sagas, next, unreadable.Found);
    }

    // Progress that lies so far ahead was made before the clock was set back: how long ago that is, is not known.
    private static bool IsLong(TimeSpan silence, TimeSpan longerThan) => silence.Duration() > longerThan;

    private async Task<Silence?> FindSilenceAsync(
        DurableTaskClient client, OrderGlance glance, Dictionary<string, DateTimeOffset> running, CancellationToken cancellation)
    {
        if (running.TryGetValue(glance.InstanceId, out var lastProgress))
        {
            return new Silence(glance.OrderId, glance.InstanceId, lastProgress);
        }

        // One that runs only since the instances were listed gets on; one that was stopped, or has not begun, does not.
        var instance = await client.GetInstanceAsync(glance.InstanceId, cancellation);
        return instance is not { IsCompleted: false } && await orders.FindAsync(glance.OrderId, cancellation) is { Report: null } order
            ? new Silence(order.OrderId, order.InstanceId, instance?.LastUpdatedAt ?? order.AcceptedAt)
            : null;
    }

    /// <summary>Null where it has got on since.</summary>
    private async Task<StuckSaga?> ShowAsync(DurableTaskClient client, Silence silence, CancellationToken cancellation)
    {
        // The state travels with the inputs, which would be much to read for those that are not shown.
        var instance = await client.GetInstanceAsync(silence.InstanceId, getInputsAndOutputs: true, cancellation);
        if (await orders.FindAsync(silence.OrderId, cancellation) is not { Report: null } order)
        {
            return null;
        }

        var state = SagaReport.Of(instance)?.Path is { Count: > 0 } path ? path[^1] : null;
        var isStopped = await stopped.IsStoppedAsync(order, instance, cancellation);
        var waitsFor = isStopped
            ? await stopped.IsKnownAsync(order.OrderId, order.Generation, order.Recoveries, cancellation) ? WaitsFor.Operator : (WaitsFor?)null
            // What a child waits for is not in its parent's story.
            : (await parking.ReadLatestAsync(order.OrderId, cancellation)).Any(wait => wait.IsOpenOf(order.InstanceId)) ? WaitsFor.Operator
            : state == OrderStates.Review ? WaitsFor.Reviewer
            : null;
        // One that has not begun waits for its start, as the order itself tells.
        var status = instance is null && !isStopped ? OrchestrationRuntimeStatus.Pending : instance?.RuntimeStatus;
        return new StuckSaga(order.OrderId, order.InstanceId, status, silence.Since, state, waitsFor);
    }

    private sealed record Silence(string OrderId, string InstanceId, DateTimeOffset Since);
}
