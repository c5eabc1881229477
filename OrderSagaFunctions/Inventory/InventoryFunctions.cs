using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Inventory;

/// <summary>T3 and C3 of the saga.</summary>
public sealed class InventoryFunctions(InventoryStore store)
{
    /// <summary>Reserves the stock of each line.</summary>
    [Function(InventoryActivities.ReserveInventory)]
    public Task<StepResult> ReserveAsync([ActivityTrigger] StockRequest request, CancellationToken cancellation) => store.ReserveAsync(request, cancellation);

    /// <summary>Gives back what was reserved.</summary>
    [Function(InventoryActivities.ReleaseInventory)]
    public Task<StepResult> ReleaseAsync([ActivityTrigger] StockRequest request, CancellationToken cancellation) => store.ReleaseAsync(request, cancellation);
}

/// <summary>The names of the activities.</summary>
public static class InventoryActivities
{
    /// <summary>Reserves the stock of each line (T3).</summary>
    public const string ReserveInventory = "ReserveInventory";

    /// <summary>Gives the stock back (C3).</summary>
    public const string ReleaseInventory = "ReleaseInventory";
}

/// <summary>Stock: what there is, what is reserved, and from which location an order comes.</summary>
internal static class InventoryServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddSettings<InventoryOptions, InventoryOptionsValidator>(InventoryOptions.Section);
        services.AddSingleton<ItemQueues>();
        services.AddSingleton<InventoryStore>();
        services.AddSingleton<InventoryReader>();
        services.AddSingleton<StockCatalog>();
        services.AddHostedService<InventorySeed>();
        return services;
    }
}

/// <summary>The input of ReserveInventory and BookShipment, and of their compensations ReleaseInventory and CancelShipment.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Lines">The stock it takes, each item once.</param>
public sealed record StockRequest(string OrderId, int Generation, IReadOnlyList<StockLine> Lines) : ISagaInput
{
    SagaId ISagaInput.Saga => new(OrderId, Generation, Location);

    /// <summary>Where the stock is, where the order comes from several locations; else null.</summary>
    public string? Location { get; init; }

    /// <summary>The scope of the ids of what is done with it.</summary>
    [JsonIgnore]
    public string Scope => Location ?? string.Empty;

    /// <summary>The stock an order takes: an item on two of its lines is taken once, in one piece.</summary>
    public static StockRequest Of(string orderId, int generation, IEnumerable<OrderLine> lines) => new(
        orderId,
        generation,
        [.. lines
            .GroupBy(line => line.ItemId, StringComparer.Ordinal)
            .Select(item => new StockLine(item.Key, item.Sum(line => line.Quantity)))]);

    /// <summary>The stock an order takes at one of several locations.</summary>
    public static StockRequest Of(string orderId, int generation, IEnumerable<OrderLine> lines, LocationPlan place) =>
        Of(orderId, generation, lines.Where(line => place.ItemIds.Contains(line.ItemId, StringComparer.Ordinal))) with { Location = place.Location };
}

/// <summary>The stock of one item.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
public sealed record StockLine(string ItemId, long Quantity);
