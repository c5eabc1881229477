using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Recovery;
using Sagas;
using Sagas.Claims;
using Sagas.Incidents;

namespace OrderSagaFunctions.Orders;

/// <summary>Orders: how they come in, what is kept of them, how they are taken up again.</summary>
internal static class OrdersServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services)
    {
        services.AddSettings<OrderOptions, OrderOptionsValidator>(OrderOptions.Section);
        services.AddSingleton<SubmissionStore>();
        services.AddSingleton<OrderStart>();
        services.AddSingleton<IClaimedSaga>(static provider => provider.GetRequiredService<OrderStart>());
        services.AddSingleton<OrderStore>();
        services.AddSingleton<OrderRecords>();
        services.AddSingleton<OrderEnds>();
        services.AddSingleton<OrderResumption>();
        services.AddSingleton<StoppedSagas>();
        services.AddSingleton<IIncidentCause, StoppedSagaCause>();
        services.AddSingleton<ISagaInstances, OrderSagaInstances>();
        services.AddSingleton<SagaStandings>();
        return services;
    }
}
