using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Claims;

/// <summary>What finishes the claims that were cut off before their saga began.</summary>
internal static class ClaimsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddClaims(this IServiceCollection services)
    {
        services.AddSingleton<ClaimIndex>();
        services.AddSingleton<ClaimFinisher>();
        services.AddHostedService<ClaimStartup>();
        return services;
    }
}
