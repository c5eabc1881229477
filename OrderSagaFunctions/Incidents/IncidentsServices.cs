using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Incidents;

/// <summary>What was left undone.</summary>
internal static class IncidentsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<IncidentStore>();
        services.AddSingleton<StoppedSagas>();
        return services;
    }
}
