using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Ordering;

/// <summary>The order saga and its children.</summary>
internal static class OrderingServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddSingleton<OrderIndex>();
        services.AddHostedService<OrderIndexStartup>();
        services.AddSingleton<OrderEnds>();
        return services;
    }
}
