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
