using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Saga;

/// <summary>What every saga uses, whatever it is about.</summary>
internal static class SagasServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddSagas(this IServiceCollection services)
    {
        services.AddSettings<SagaOptions, SagaOptionsValidator>(SagaOptions.Section);
        services.AddSingleton<SagaCatalog>();
        services.AddSingleton<SagaClaims>();
        services.AddSingleton<FaultInjector>();
        services.AddSingleton<StepAttempt>();
        return services;
    }
}
