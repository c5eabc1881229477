using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;
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

/// <summary>
/// Moves the money. Each movement has an id that its request derives (<see cref="PaymentRequest.IdOf"/>) and happens once
/// however often it is asked for. A refusal is a value with a code; an exception means that the outcome is not known, and
/// the same is asked for again. What is known to have happened stands in the <see cref="PaymentLedger"/>.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>Debits the order's total.</summary>
    /// <returns>Done; or refused, also where the credit has come first.</returns>
    Task<StepResult> DebitAsync(PaymentRequest request, CancellationToken cancellation);

    /// <summary>
    /// Credits what was debited, be it known or not; where nothing was, succeeds. No debit that is still under way takes
    /// anything after it.
    /// </summary>
    Task<StepResult> CreditAsync(PaymentRequest request, CancellationToken cancellation);
}

/// <summary>The input of ProcessPayment and of its compensation ProcessRefund.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Total">How much.</param>
public sealed record PaymentRequest(string OrderId, int Generation, Money Total) : ISagaInput
{
    SagaId ISagaInput.Saga => new(OrderId, Generation);

    /// <summary>The id of the debit or the credit: the same however often it is asked for.</summary>
    public Guid IdOf(TransactionType type) => EffectId.Of(OrderId, type.ToString(), Generation);
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
