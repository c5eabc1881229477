using Microsoft.Extensions.DependencyInjection;
using Sagas;

namespace OrderSagaFunctions.Checks;

/// <summary>The checks that an order passes before anything is taken.</summary>
internal static class ChecksServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddChecks(this IServiceCollection services)
    {
        services.AddSettings<CheckOptions, CheckOptionsValidator>(CheckOptions.Section);
        services.AddSingleton<CheckRules>();
        return services;
    }
}
