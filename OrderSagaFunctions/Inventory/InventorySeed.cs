using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;
using Reading;

namespace OrderSagaFunctions.Inventory;

/// <summary>The stock that an empty installation starts with.</summary>
internal sealed class InventorySeed(IOptions<InventoryOptions> options, StockCatalog catalog) : IHostedLifecycleService
{
    /// <summary>Adds the configured items that are not there yet: before the first function runs, and after the tables are there.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.WhenAll(
        (Parse(options.Value.Seed) ?? []).Select(item => catalog.AddIfAbsentAsync(item.ItemId, item.Quantity, item.Location, cancellationToken)));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads <c>item=quantity</c> or <c>item=quantity@location</c>, separated by commas.</summary>
    /// <returns>The items, or null where the text is something else.</returns>
    public static IReadOnlyList<SeededItem>? Parse(string seed)
    {
        var items = seed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseItem).ToList();
        return items.Contains(null) || items.DistinctBy(item => item!.ItemId).Count() < items.Count ? null : [.. items.OfType<SeededItem>()];
    }

    private static SeededItem? ParseItem(string text) =>
        text.Split('=', StringSplitOptions.TrimEntries) is [var itemId, var stock] && OrderLimits.IsItemOrCustomerId(itemId)
        && stock.Split('@', StringSplitOptions.TrimEntries) is [var pieces, .. var place] && place.Length <= 1
        && Numbers.TryWhole(pieces, 0, OrderLimits.Stock, out var quantity) && place.All(Locations.IsName)
            ? new SeededItem(itemId, quantity, place.FirstOrDefault())
            : null;
}

/// <summary>An item that an empty installation starts with.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="Location">Where they are; null for the default location.</param>
public sealed record SeededItem(string ItemId, long Quantity, string? Location);

/// <summary>The settings under <c>Inventory__</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Inventory";

    /// <summary>Items to add at start where they are not there yet, such as <c>sku-100=1000,sku-200=50@berlin</c>.</summary>
    public string Seed { get; set; } = string.Empty;
}

/// <summary>Refuses a seed that cannot be read.</summary>
internal sealed class InventoryOptionsValidator : IValidateOptions<InventoryOptions>
{
    public ValidateOptionsResult Validate(string? name, InventoryOptions options) => InventorySeed.Parse(options.Seed) is null
        ? ValidateOptionsResult.Fail($"Inventory__Seed is '{options.Seed}', expected 'item=quantity' or 'item=quantity@location', each item once and separated by commas, such as 'sku-100=1000,sku-200=50@berlin'.")
        : ValidateOptionsResult.Success;
}
