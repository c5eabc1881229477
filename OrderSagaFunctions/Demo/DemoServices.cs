using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Demo;

/// <summary>What only the demo does.</summary>
internal static class DemoServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoMode>();
        services.AddHostedService<DemoNotice>();
        services.AddScoped<HostCrash>();
        return services;
    }
}
