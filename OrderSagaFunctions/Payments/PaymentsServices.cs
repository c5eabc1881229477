using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sagas;

namespace OrderSagaFunctions.Payments;

/// <summary>Money: the ledger, and the provider where there is one.</summary>
internal static class PaymentsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddSettings<PaymentOptions, PaymentOptionsValidator>(PaymentOptions.Section);
        services.AddSingleton<PaymentLedger>();
        services.AddSingleton<ProviderClient>();
        services.AddSingleton<HttpPaymentGateway>();
        services.AddSingleton<IPaymentGateway>(static provider =>
            provider.GetRequiredService<IOptions<PaymentOptions>>().Value.Gateway == PaymentGatewayKind.Http
                ? provider.GetRequiredService<HttpPaymentGateway>()
                : provider.GetRequiredService<PaymentLedger>());
        return services;
    }
}
