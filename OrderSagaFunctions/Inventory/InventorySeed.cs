using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Inventory;

/// <summary>The stock that an empty installation starts with.</summary>
public sealed class InventorySeed(IOptions<InventoryOptions> options, StockCatalog catalog)
{
    /// <summary>Adds the configured items that are not there yet.</summary>
    public Task PlantAsync(CancellationToken cancellation) => Task.WhenAll(
        (Parse(options.Value.Seed) ?? []).Select(line => catalog.AddIfAbsentAsync(line.ItemId, line.Quantity, cancellation)));

    /// <summary>Reads <c>item=quantity</c> pairs, separated by commas.</summary>
    /// <returns>The pairs, or null where the text is something else.</returns>
    public static IReadOnlyList<StockLine>? Parse(string seed)
    {
        var lines = new List<StockLine>();
        foreach (var pair in seed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !OrderLimits.IsItemOrCustomerId(parts[0]) || !long.TryParse(parts[1], out var quantity) || quantity < 0)
            {
                return null;
            }

            lines.Add(new StockLine(parts[0], quantity));
        }

        return lines;
    }
}
