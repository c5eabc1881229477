using Azure.Data.Tables;
using OrderSagaFunctions.Storage;
using Sagas.Storage;

namespace OrderSagaFunctions.Inventory;

/// <summary>
/// The items there are, and how many pieces of each. A small table of their ids (one partition) saves a search through all
/// the reservations for the stock rows among them.
/// </summary>
public sealed class StockCatalog(TableServiceClient tables)
{
    private const string IndexPartition = "items";
    private readonly TableClient _stock = tables.GetTableClient(Tables.Inventory);
    private readonly TableClient _index = tables.GetTableClient(Tables.InventoryItems);

    /// <summary>All items, by id.</summary>
    public async Task<IReadOnlyList<StockView>> ListAsync(CancellationToken cancellation)
    {
        var items = await _index.ReadPartitionAsync(IndexPartition, cancellation);
        var rows = await Task.WhenAll(items.Select(item => _stock.FindAsync(item.RowKey, InventoryRows.StockKey, cancellation)));
        return [.. rows.OfType<TableEntity>().Select(View)];
    }

    /// <summary>The ids of all items, page by page.</summary>
    public IAsyncEnumerable<string> ListIdsAsync(CancellationToken cancellation) =>
        _index.StreamPartitionAsync(IndexPartition, cancellation).Select(row => row.RowKey);

    /// <summary>Adds an item that is not there yet; one that is keeps its stock.</summary>
    public async Task AddIfAbsentAsync(string itemId, long quantity, string? location, CancellationToken cancellation)
    {
        await _stock.TryAddAsync(InventoryRows.Counted(itemId, quantity, reserved: 0, location), cancellation);
        await _index.TryAddAsync(new TableEntity(IndexPartition, itemId), cancellation);
    }

    /// <summary>Sets how many pieces of an item can be reserved from now on; what is reserved stays so.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="quantity">How many pieces.</param>
    /// <param name="location">Where they are; null for where they were.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<StockView> SetAsync(string itemId, long quantity, string? location, CancellationToken cancellation)
    {
        await AddIfAbsentAsync(itemId, quantity, location, cancellation);
        while (true)
        {
            var row = await _stock.FindAsync(itemId, InventoryRows.StockKey, cancellation)
                ?? throw new InvalidOperationException($"The stock row of item '{itemId}' is gone; nothing here deletes one.");
            var changed = InventoryRows.Counted(itemId, quantity, InventoryRows.Reserved(row), location ?? InventoryRows.Location(row));
            if (await _stock.TryMergeAsync(changed, row.ETag, cancellation))
            {
                return View(changed);
            }
        }
    }

    private static StockView View(TableEntity row) => new(row.PartitionKey, InventoryRows.OnHand(row), InventoryRows.Reserved(row), InventoryRows.Location(row));
}
