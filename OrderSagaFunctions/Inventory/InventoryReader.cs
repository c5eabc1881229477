using Azure.Data.Tables;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Inventory;

/// <summary>Reads what an order has reserved and given back.</summary>
public sealed class InventoryReader(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Tables.Inventory);

    /// <summary>The order's stock transactions: its lines' reservations summed up, and their releases where there are any.</summary>
    public async Task<IEnumerable<OrderTransaction>> ReadAsync(StockRequest request, CancellationToken cancellation)
    {
        var key = InventoryRows.ReservationKey(request.OrderId, request.Generation);
        var rows = await Task.WhenAll(request.Lines.Select(line => _table.FindAsync(line.ItemId, key, cancellation)));
        var held = rows.OfType<TableEntity>().Where(row => InventoryRows.State(row) != ReservationState.Tombstone).ToList();
        var released = held.Where(row => InventoryRows.State(row) == ReservationState.Released).ToList();
        return Sum(TransactionType.Reserve, held, "ReserveId", "ReservedAt")
            .Concat(Sum(TransactionType.Release, released, "ReleaseId", "ReleasedAt"));
    }

    /// <summary>Whether stock of an order's saga is reserved and not given back.</summary>
    public async Task<bool> HoldsAsync(StockRequest request, CancellationToken cancellation)
    {
        var key = InventoryRows.ReservationKey(request.OrderId, request.Generation);
        var rows = await Task.WhenAll(request.Lines.Select(line => _table.FindAsync(line.ItemId, key, cancellation)));
        return rows.OfType<TableEntity>().Any(row => InventoryRows.State(row) == ReservationState.Reserved);
    }

    private static IEnumerable<OrderTransaction> Sum(TransactionType type, List<TableEntity> rows, string id, string at)
    {
        if (rows.Count > 0)
        {
            yield return new OrderTransaction(type, rows[0].GetString(id), rows.Max(row => row.GetDateTimeOffset(at)!.Value))
            {
                Items = [.. rows.Select(row => new TransactionItem(row.PartitionKey, row.GetInt64("Quantity") ?? 0))],
            };
        }
    }
}
