using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Audit;

/// <summary>The check that money and stock add up.</summary>
internal static class AuditServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<IndexRules>();
        services.AddSingleton<OrderAudit>();
        services.AddSingleton<StockAudit>();
        return services;
    }
}
