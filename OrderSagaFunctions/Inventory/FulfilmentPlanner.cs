using Azure.Data.Tables;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using Sagas.Storage;

namespace OrderSagaFunctions.Inventory;

/// <summary>Plans from which locations an order comes.</summary>
public sealed class FulfilmentPlanner(TableServiceClient tables)
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
}
