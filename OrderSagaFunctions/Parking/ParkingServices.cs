using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Parking;

/// <summary>Sagas that wait for an operator.</summary>
internal static class ParkingServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddParking(this IServiceCollection services)
    {
        services.AddSingleton<ParkStore>();
        services.AddSingleton<ParkedSagas>();
        return services;
    }
}
