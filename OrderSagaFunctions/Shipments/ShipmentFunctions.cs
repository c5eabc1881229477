using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Inventory;
using Sagas;

namespace OrderSagaFunctions.Shipments;

/// <summary>The second step of a fulfilment saga, and what undoes it.</summary>
public sealed class ShipmentFunctions(ShipmentStore store)
{
    /// <summary>Books the shipment from a location.</summary>
    [Function(ShipmentActivities.BookShipment)]
    public Task<StepResult> BookAsync([ActivityTrigger] StockRequest request, CancellationToken cancellation) => store.BookAsync(request, cancellation);

    /// <summary>Cancels it.</summary>
    [Function(ShipmentActivities.CancelShipment)]
    public Task<StepResult> CancelAsync([ActivityTrigger] StockRequest request, CancellationToken cancellation) => store.CancelAsync(request, cancellation);
}

/// <summary>The names of the activities.</summary>
public static class ShipmentActivities
{
    /// <summary>Books the shipment from one location.</summary>
    public const string BookShipment = "BookShipment";

    /// <summary>Cancels it.</summary>
    public const string CancelShipment = "CancelShipment";
}

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
