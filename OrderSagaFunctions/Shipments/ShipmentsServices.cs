using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Shipments;

/// <summary>Shipments from locations.</summary>
internal static class ShipmentsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddShipments(this IServiceCollection services)
    {
        services.AddSingleton<ShipmentStore>();
        return services;
    }
}
