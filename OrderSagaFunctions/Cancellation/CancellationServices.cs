using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Cancellation;

/// <summary>Cancels, and what decides between one and the saga's own end.</summary>
internal static class CancellationServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddCancellation(this IServiceCollection services)
    {
        services.AddSingleton<CancelGate>();
        services.AddSingleton<CompensationAttempt>();
        return services;
    }
}
