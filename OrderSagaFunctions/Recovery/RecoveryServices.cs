using Microsoft.Extensions.DependencyInjection;
using Sagas.Incidents;

namespace OrderSagaFunctions.Recovery;

/// <summary>How orders are cancelled, sent back, and taken up again.</summary>
internal static class RecoveryServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddRecovery(this IServiceCollection services)
    {
        services.AddSingleton<OrderResumption>();
        services.AddSingleton<StoppedSagas>();
        services.AddSingleton<IIncidentCause, StoppedSagaCause>();
        services.AddSingleton<SagaStandings>();
        services.AddSingleton<Reconciler>();
        return services;
    }
}
