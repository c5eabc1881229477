using Azure.Data.Tables;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using Sagas.Storage;

namespace OrderSagaFunctions.Inventory;

/// <summary>Reads what an order has reserved and given back.</summary>
public sealed class InventoryReader(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Tables.Inventory);

    /// <summary>The order's stock transactions: its lines' reservations summed up by location, and their releases where there are any.</summary>
    public async Task<IEnumerable<OrderTransaction>> ReadAsync(StockRequest request, CancellationToken cancellation)
    {
        var rows = await FindAsync(request, cancellation);
        var held = rows.Where(row => InventoryRows.State(row) != ReservationState.Tombstone).ToList();
        var released = held.Where(row => InventoryRows.State(row) == ReservationState.Released).ToList();
        return Sum(TransactionType.Reserve, held, "ReserveId", "ReservedAt")
            .Concat(Sum(TransactionType.Release, released, "ReleaseId", "ReleasedAt"));
    }

    /// <summary>The order's rows, tombstones included.</summary>
    internal async Task<IReadOnlyList<Reservation>> ReadReservationsAsync(StockRequest request, CancellationToken cancellation) =>
        [.. (await FindAsync(request, cancellation)).Select(row =>
            new Reservation(row.PartitionKey, InventoryRows.State(row), InventoryRows.Quantity(row), row.Timestamp!.Value))];

    /// <summary>Counts an item, or returns null where its stock changed meanwhile.</summary>
    internal async Task<StockCount?> CountAsync(string itemId, CancellationToken cancellation)
    {
        var before = await _table.FindAsync(itemId, InventoryRows.StockKey, cancellation) ?? new TableEntity(itemId, InventoryRows.StockKey);
        var held = 0L;
        await foreach (var row in _table.StreamPartitionAsync(itemId, cancellation))
        {
            held += row.RowKey != InventoryRows.StockKey && InventoryRows.State(row) == ReservationState.Reserved ? InventoryRows.Quantity(row) : 0;
        }

        var after = await _table.FindAsync(itemId, InventoryRows.StockKey, cancellation);
        return after is null || after.ETag == before.ETag
            ? new StockCount(InventoryRows.OnHand(before), InventoryRows.Reserved(before), InventoryRows.PutIn(before), held)
            : null;
    }

    private async Task<IEnumerable<TableEntity>> FindAsync(StockRequest request, CancellationToken cancellation)
    {
        var key = InventoryRows.ReservationKey(request.OrderId, request.Generation);
        var rows = await Task.WhenAll(request.Lines.Select(line => _table.FindAsync(line.ItemId, key, cancellation)));
        return rows.OfType<TableEntity>();
    }

    private static IEnumerable<OrderTransaction> Sum(TransactionType type, IEnumerable<TableEntity> rows, string id, string at) => rows
        .GroupBy(row => row.GetString(id))
        .Select(movement => new OrderTransaction(type, movement.Key, movement.Max(row => row.Time(at)))
        {
            Items = [.. movement.Select(row => new TransactionItem(row.PartitionKey, InventoryRows.Quantity(row)))],
            Location = movement.First().GetString("Location"),
        });
}
