using Microsoft.Extensions.DependencyInjection;
using Sagas;

namespace OrderSagaFunctions.Inventory;

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
