using Azure.Data.Tables;
using OrderSagaFunctions.Storage;
using Sagas;
using Sagas.Incidents;
using Sagas.Storage;

namespace OrderSagaFunctions.Orders;

/// <summary>The orders' rows. Every write is conditional, so that a repeated activity changes nothing.</summary>
public sealed class OrderStore(TableServiceClient tables, TimeProvider time)
{
    private readonly TableClient _table = tables.GetTableClient(Tables.Orders);

    /// <summary>Stores a new order, once.</summary>
    /// <param name="order">The order.</param>
    /// <param name="plan">From which locations it comes, where that is more than one.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Stored, with the plan that was stored first; refused where the order was set back before.</returns>
    public async Task<OrderStored> StoreAsync(OrderToStore order, IReadOnlyList<LocationPlan>? plan, CancellationToken cancellation)
    {
        if (await _table.TryAddAsync(OrderRows.Order(order, OrderStatus.New, time.GetUtcNow(), plan), cancellation))
        {
            return new OrderStored(Plan: plan);
        }

        while (true)
        {
            var earlier = (await _table.FindAsync(order.Order.OrderId, OrderRows.OrderKey, cancellation))!;
            var generation = OrderRows.Generation(earlier);
            if (generation >= order.Generation)
            {
                return generation == order.Generation && OrderRows.Status(earlier) == OrderStatus.New
                    ? new OrderStored(Plan: OrderRows.ReadPlan(earlier)) { IsTakenOver = OrderRows.StoredAt(earlier) < order.StartedAt }
                    : new OrderStored(Refusal.AlreadyCompensated(OrderActivities.ProcessOrder, order.Order.OrderId));
            }

            // A later saga of the order takes over from one that was undone.
            var change = new TableEntity(earlier.PartitionKey, earlier.RowKey)
            {
                ["Status"] = nameof(OrderStatus.New),
                ["Generation"] = order.Generation,
                ["InstanceId"] = order.InstanceId,
                ["StoredAt"] = time.GetUtcNow(),
                [OrderRows.PlanProperty] = OrderRows.WritePlan(plan ?? []),
            };
            if (await _table.TryMergeAsync(change, earlier.ETag, cancellation))
            {
                return new OrderStored(Plan: plan);
            }
        }
    }

    /// <summary>Sets an order back to pending, storing it so where it is not stored yet: that is the tombstone for a late ProcessOrder.</summary>
    public async Task<StepResult> SetPendingAsync(OrderToStore order, CancellationToken cancellation)
    {
        while (true)
        {
            var stored = await _table.FindAsync(order.Order.OrderId, OrderRows.OrderKey, cancellation);
            if (stored is null)
            {
                if (await _table.TryAddAsync(OrderRows.Order(order, OrderStatus.Pending, time.GetUtcNow(), plan: null), cancellation))
                {
                    return StepResult.Done;
                }

                continue;
            }

            // With its own generation: set back by an earlier saga alone, it would let a late ProcessOrder of this one through.
            var change = new TableEntity(stored.PartitionKey, stored.RowKey)
            {
                ["Status"] = nameof(OrderStatus.Pending),
                ["Generation"] = order.Generation,
                ["InstanceId"] = order.InstanceId,
            };
            var generation = OrderRows.Generation(stored);
            if (generation > order.Generation || (generation == order.Generation && OrderRows.Status(stored) == OrderStatus.Pending)
                || await _table.TryMergeAsync(change, stored.ETag, cancellation))
            {
                return StepResult.Done;
            }
        }
    }

    /// <summary>Stores the story of a saga. The first one stands: a saga that is run again adds nothing to it.</summary>
    /// <returns>Whether it is the first one.</returns>
    public Task<bool> TryStoreReportAsync(ReportToStore report, CancellationToken cancellation) =>
        _table.TryAddAsync(OrderRows.Report(report, time.GetUtcNow()), cancellation);

    /// <summary>Writes down that a saga takes up the order again.</summary>
    /// <returns>False where another was written down as that recovery.</returns>
    public Task<bool> TryRecoverAsync(string orderId, OrderRecovery recovery, OperatorNote note, CancellationToken cancellation) =>
        _table.TryAddAsync(OrderRows.Recovery(orderId, recovery, note, time.GetUtcNow()), cancellation);

    /// <summary>The ids of every accepted order, page by page.</summary>
    public IAsyncEnumerable<string> ListIdsAsync(CancellationToken cancellation) =>
        ListIdsAsync(new OrderCriteria(), PartitionRange.All, cancellation);

    /// <summary>The ids of the orders that may meet the criteria, in their own order.</summary>
    internal IAsyncEnumerable<string> ListIdsAsync(OrderCriteria wanted, PartitionRange range, CancellationToken cancellation) =>
        _table.ListPartitionsAsync(OrderFilter.Of(wanted), range, cancellation);

    /// <summary>Looks at every accepted order, but for those that cannot be read.</summary>
    internal IAsyncEnumerable<OrderGlance> GlanceAsync(UnreadableRows unreadable, CancellationToken cancellation) =>
        _table.StreamPartitionsAsync(PartitionRange.All, OrderRows.GlanceProperties, cancellation)
            .Select(rows => unreadable.Skip(() => OrderRows.Glance(rows)))
            .OfType<OrderGlance>();

    /// <summary>An order with every saga that it has had, or null where it was never accepted.</summary>
    internal async Task<OrderRuns?> FindRunsAsync(string orderId, CancellationToken cancellation) =>
        OrderLimits.IsOrderId(orderId) ? OrderRows.ReadRuns(await _table.ReadPartitionAsync(orderId, cancellation)) : null;

    /// <summary>The latest saga of an order, or null where it was never accepted.</summary>
    internal async Task<OrderGlance?> GlanceAsync(string orderId, CancellationToken cancellation) =>
        OrderLimits.IsOrderId(orderId) ? OrderRows.Glance(await _table.ReadPartitionAsync(orderId, cancellation)) : null;

    /// <summary>An order with a look at it, in one read; null where it was never accepted.</summary>
    internal async Task<(StoredOrder Order, OrderGlance Glance)?> InspectAsync(string orderId, CancellationToken cancellation)
    {
        var rows = await _table.ReadPartitionAsync(orderId, cancellation);
        return OrderRows.Read(rows) is { } order ? (order, OrderRows.Glance(rows)!) : null;
    }

    /// <summary>What the tables know of an order, or null where it was never accepted.</summary>
    public async Task<StoredOrder?> FindAsync(string orderId, CancellationToken cancellation) =>
        OrderLimits.IsOrderId(orderId) ? OrderRows.Read(await _table.ReadPartitionAsync(orderId, cancellation)) : null;
}

/// <summary>Finds the latest saga of an order: it may run under another id than the order's.</summary>
internal sealed class OrderSagaInstances(OrderStore orders) : ISagaInstances
{
    /// <inheritdoc />
    public async Task<SagaInstance?> FindAsync(string key, CancellationToken cancellation) => (await orders.FindAsync(key, cancellation))?.Saga;
}

/// <summary>The input of ProcessOrder and of its compensation UpdateOrderStatus.</summary>
/// <param name="Order">The order.</param>
/// <param name="InstanceId">The saga that stores it.</param>
/// <param name="Generation">Which saga of the order that is.</param>
public sealed record OrderToStore(Order Order, string InstanceId, int Generation) : ISagaInput
{
    SagaId ISagaInput.Saga => new(Order.OrderId, Generation);

    /// <summary>When that saga began; null where that does not matter.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}

/// <summary>What ProcessOrder answers.</summary>
/// <param name="Refusal">Why it was refused, or null where the order is stored.</param>
/// <param name="Plan">The locations that the order comes from, where that is more than one.</param>
public sealed record OrderStored(Refusal? Refusal = null, IReadOnlyList<LocationPlan>? Plan = null) : StepResult(Refusal)
{
    /// <summary>Whether an earlier run of the same saga had stored it, so that any step may have acted.</summary>
    public bool IsTakenOver { get; init; }
}

/// <summary>The names of the activities that keep orders.</summary>
public static class OrderActivities
{
    /// <summary>Stores the order (T1).</summary>
    public const string ProcessOrder = "ProcessOrder";

    /// <summary>Sets the order back to pending (C1).</summary>
    public const string UpdateOrderStatus = "UpdateOrderStatus";

    /// <summary>Stores the saga's story with the order.</summary>
    public const string StoreReport = "StoreReport";
}
