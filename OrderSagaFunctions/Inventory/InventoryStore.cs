using Azure;
using Azure.Data.Tables;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Inventory;

/// <summary>
/// Tells where stock is, reserves it and gives it back, item by item: one entity-group transaction each, conditional on the stock that
/// was read.
/// </summary>
public sealed class InventoryStore(TableServiceClient tables, ItemQueues queues, TimeProvider time)
{
    private readonly TableClient _table = tables.GetTableClient(Tables.Inventory);

    /// <summary>
    /// The locations of an order's items, by name. An item that is not in stock counts with the default location, whose
    /// reservation then refuses it.
    /// </summary>
    public async Task<IReadOnlyList<LocationPlan>> PlanAsync(IEnumerable<OrderLine> lines, CancellationToken cancellation)
    {
        var items = lines.Select(line => line.ItemId).Distinct(StringComparer.Ordinal).ToList();
        var rows = await Task.WhenAll(items.Select(itemId => _table.FindAsync(itemId, InventoryRows.StockKey, cancellation)));
        return
        [
            .. items.Zip(rows, (itemId, row) => (itemId, Location: row is null ? Locations.Default : InventoryRows.Location(row)))
                .GroupBy(item => item.Location, item => item.itemId, StringComparer.Ordinal)
                .OrderBy(place => place.Key, StringComparer.Ordinal)
                .Select(place => new LocationPlan(place.Key, [.. place])),
        ];
    }

    /// <summary>Reserves each line, once. Where a line is refused the others may be held: the compensation gives them back.</summary>
    /// <returns>Done, or the first refusal in the order of the lines.</returns>
    public async Task<StepResult> ReserveAsync(StockRequest request, CancellationToken cancellation)
    {
        var refusals = await Task.WhenAll(request.Lines.Select(line => ReserveLineAsync(request, line, cancellation)));
        return new StepResult(refusals.FirstOrDefault(refusal => refusal is not null));
    }

    /// <summary>Gives back what each line holds, once; where it holds nothing, leaves a tombstone.</summary>
    public async Task<StepResult> ReleaseAsync(StockRequest request, CancellationToken cancellation)
    {
        await Task.WhenAll(request.Lines.Select(line => ReleaseLineAsync(request, line, cancellation)));
        return StepResult.Done;
    }

    private async Task<Refusal?> ReserveLineAsync(StockRequest request, StockLine line, CancellationToken cancellation)
    {
        using var turn = await queues.EnterAsync(line.ItemId, cancellation);
        while (true)
        {
            var stock = await _table.FindAsync(line.ItemId, InventoryRows.StockKey, cancellation);
            if (stock is null || InventoryRows.OnHand(stock) < line.Quantity)
            {
                return await RefuseUnlessHeldAsync(request, line, stock, cancellation);
            }

            var reservation = InventoryRows.Reservation(line.ItemId, request, ReservationState.Reserved, line.Quantity, time.GetUtcNow());
            try
            {
                await _table.SubmitTransactionAsync(
                    [
                        new TableTransactionAction(TableTransactionActionType.UpdateMerge, InventoryRows.Take(stock, line.Quantity), stock.ETag),
                        new TableTransactionAction(TableTransactionActionType.Add, reservation),
                    ],
                    cancellation);
                return null;
            }
            catch (RequestFailedException failure) when (failure.IsTaken())
            {
                return await RefuseUnlessHeldAsync(request, line, stock, cancellation);
            }
            catch (RequestFailedException failure) when (failure.IsStale())
            {
                // Another process took of this item in between; the attempt's token bounds how often.
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<Refusal?> RefuseUnlessHeldAsync(StockRequest request, StockLine line, TableEntity? stock, CancellationToken cancellation)
    {
        var key = InventoryRows.ReservationKey(request.OrderId, request.Generation);
        var reservation = await _table.FindAsync(line.ItemId, key, cancellation);
        if (reservation is not null)
        {
            return InventoryRows.State(reservation) == ReservationState.Reserved
                ? null
                : Refusal.AlreadyCompensated(InventoryActivities.ReserveInventory, request.OrderId);
        }

        return stock is null
            ? new Refusal("UnknownItem", $"Item '{line.ItemId}' is not in stock and never was.")
            : new Refusal("OutOfStock", $"Item '{line.ItemId}': {line.Quantity} asked for, {InventoryRows.OnHand(stock)} left.");
    }

    private async Task ReleaseLineAsync(StockRequest request, StockLine line, CancellationToken cancellation)
    {
        using var turn = await queues.EnterAsync(line.ItemId, cancellation);
        while (!await TryReleaseLineAsync(request, line, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <returns>False where another process changed the item in between.</returns>
    private async Task<bool> TryReleaseLineAsync(StockRequest request, StockLine line, CancellationToken cancellation)
    {
        var key = InventoryRows.ReservationKey(request.OrderId, request.Generation);
        var reservation = await _table.FindAsync(line.ItemId, key, cancellation);
        if (reservation is null)
        {
            var tombstone = InventoryRows.Reservation(line.ItemId, request, ReservationState.Tombstone, quantity: 0, time.GetUtcNow());
            return await _table.TryAddAsync(tombstone, cancellation);
        }

        if (InventoryRows.State(reservation) != ReservationState.Reserved)
        {
            return true;
        }

        var quantity = InventoryRows.Quantity(reservation);
        var stock = await _table.FindAsync(line.ItemId, InventoryRows.StockKey, cancellation)
            ?? throw new InvalidOperationException($"Item '{line.ItemId}' has a reservation but no stock row.");
        try
        {
            await _table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.UpdateMerge, InventoryRows.Take(stock, -quantity), stock.ETag),
                    new TableTransactionAction(TableTransactionActionType.UpdateMerge, InventoryRows.Release(reservation, request, time.GetUtcNow()), reservation.ETag),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsStale())
        {
            return false;
        }
    }
}

/// <summary>Where stock can be.</summary>
public static class Locations
{
    /// <summary>Where stock is of which nobody has said where it is.</summary>
    public const string Default = "main";

    /// <summary>Locations that one order may come from: the stories of that many sagas fit into its own.</summary>
    public const int MostOfAnOrder = 16;

    /// <summary>The rule of a location's name, for messages.</summary>
    public const string NameRule = "1 to 32 characters of a-z 0-9 -";

    /// <summary>Whether a text can be a location's name.</summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= 32 } && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>
/// Lets the changes of one item's stock queue up within this process, where they would only defeat each other's conditional
/// writes. Between processes the writes' conditions alone decide.
/// </summary>
public sealed class ItemQueues
{
    private const int Count = 512;
    private readonly SemaphoreSlim[] _queues = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the item's turn. A caller holds one turn at a time, so that none can wait in a circle.</summary>
    public async Task<IDisposable> EnterAsync(string itemId, CancellationToken cancellation)
    {
        var queue = _queues[(uint)StringComparer.Ordinal.GetHashCode(itemId) % Count];
        await queue.WaitAsync(cancellation);
        return new Turn(queue);
    }

    private sealed class Turn(SemaphoreSlim queue) : IDisposable
    {
        public void Dispose() => queue.Release();
    }
}
