using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
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
        services.AddSingleton<FulfilmentPlanner>();
        services.AddHostedService<InventorySeed>();
        return services;
    }
}
