using Microsoft.Extensions.DependencyInjection;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Orders;

/// <summary>What is kept of orders.</summary>
internal static class OrdersServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddSettings<OrderOptions, OrderOptionsValidator>(OrderOptions.Section);
        services.AddSingleton<OrderStore>();
        services.AddSingleton<ISagaInstances, OrderSagaInstances>();
        return services;
    }
}
