using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Operations;

/// <summary>What operators see of all orders.</summary>
internal static class OperationsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<OrderRecords>();
        services.AddSingleton<RunningSagas>();
        services.AddSingleton<OrderSummaries>();
        services.AddSingleton<OrderSearch>();
        services.AddSingleton<OrderCensus>();
        services.AddSingleton<LatestCounts>();
        services.AddSingleton<StuckSagas>();
        services.AddSingleton<Timeline>();
        return services;
    }
}
