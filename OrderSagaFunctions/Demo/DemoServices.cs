using Microsoft.Extensions.DependencyInjection;
using Sagas;

namespace OrderSagaFunctions.Demo;

/// <summary>What only the demo does.</summary>
internal static class DemoServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddSingleton(OrderScenarios.Faults);
        services.AddSettings<FaultOptions, FaultOptionsValidator>(FaultOptions.Section);
        services.AddSingleton(new SharedSection(FaultOptions.Section, typeof(FaultOptions)));
        services.AddSingleton<IAttemptObserver, FaultInjector>();
        services.AddSingleton<DemoMode>();
        services.AddHostedService<DemoNotice>();
        services.AddScoped<HostCrash>();
        return services;
    }
}
