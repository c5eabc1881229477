using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sagas;

namespace OrderSagaFunctions.Payments;

/// <summary>
/// T2 and C2 of the saga. An order that costs nothing is done with by neither: no provider is asked for 0, which many refuse,
/// and the ledger has no movement of it.
/// </summary>
public sealed class PaymentFunctions(IPaymentGateway gateway)
{
    /// <summary>Debits the customer.</summary>
    [Function(PaymentActivities.ProcessPayment)]
    public Task<StepResult> ProcessAsync([ActivityTrigger] PaymentRequest request, CancellationToken cancellation) =>
        CostsNothing(request) ? Task.FromResult(StepResult.Done) : gateway.DebitAsync(request, cancellation);

    /// <summary>Credits the customer with what was debited.</summary>
    [Function(PaymentActivities.ProcessRefund)]
    public Task<StepResult> RefundAsync([ActivityTrigger] PaymentRequest request, CancellationToken cancellation) =>
        CostsNothing(request) ? Task.FromResult(StepResult.Done) : gateway.CreditAsync(request, cancellation);

    private static bool CostsNothing(PaymentRequest request) => request.Total.Minor == 0;
}

/// <summary>The names of the activities.</summary>
public static class PaymentActivities
{
    /// <summary>Debits the customer (T2).</summary>
    public const string ProcessPayment = "ProcessPayment";

    /// <summary>Credits the customer (C2).</summary>
    public const string ProcessRefund = "ProcessRefund";
}

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
