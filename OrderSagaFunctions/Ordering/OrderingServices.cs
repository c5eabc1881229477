using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Ordering;

/// <summary>The order saga and its children, declared.</summary>
internal static class OrderingServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddSingleton(OrderSteps.Definition);
        services.AddSingleton(FulfilmentSteps.Definition);
        services.AddSingleton(OrderScenarios.Faults);
        return services;
    }
}
