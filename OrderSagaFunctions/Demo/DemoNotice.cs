using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Inventory;
using Sagas;

namespace OrderSagaFunctions.Demo;

/// <summary>Says at the start that orders are made to fail, and which: quietly in the demo, as a warning anywhere else.</summary>
internal sealed class DemoNotice(
    IOptions<SagaOptions> saga, IOptions<FaultOptions> faults, IOptions<InventoryOptions> inventory, FaultScenarios scenarios, DemoMode mode, ILogger<DemoNotice> logger)
    : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (mode.IsDemo)
        {
            logger.LogInformation(
                "Demo: {Faults}; stock is seeded: {Seed}; a failed compensation {Policy}", Faults(), Seed(), Policy());
        }
        else if (faults.Value.FaultInjection)
        {
            logger.LogWarning(
                "ORDERS ARE MADE TO FAIL, and this is not the demo: {Faults}. Unless that is meant, set Saga__FaultInjection to false and restart", Faults());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Faults()
    {
        if (!faults.Value.FaultInjection)
        {
            return "no faults are injected";
        }

        var byPrefix = scenarios.KeyPrefixes.OrderBy(static step => step.Value, StringComparer.Ordinal).Select(static step => $"{step.Value} fails {step.Key}");
        var transient = faults.Value.TransientFaults is { Length: > 0 } steps ? $", and first attempts ({steps})" : "";
        return $"faults are injected by the order id's first characters ({string.Join(", ", byPrefix)}){transient}";
    }

    private string Policy() => saga.Value.OnCompensationFailure switch
    {
        CompensationPolicy.Stop => "stops the saga",
        CompensationPolicy.Park => "parks the saga",
        _ => "is left as an incident",
    };

    private string Seed() => inventory.Value.Seed is { Length: > 0 } seed ? seed : "nothing";
}

/// <summary>What the embedded host says of its start. No other host says anything.</summary>
public sealed class DemoMode(IConfiguration configuration)
{
    private readonly bool _isSupervised = configuration["EmbeddedHost.Supervised"] == "true";

    /// <summary>Whether it was started with <c>--demo</c>, and runs on the demo's settings.</summary>
    public bool IsDemo { get; } = configuration["EmbeddedHost.Demo"] == "true";

    /// <summary>Whether it may be killed for show: it is the demo, and was started with <c>--supervise</c>.</summary>
    public bool CanCrash => IsDemo && _isSupervised;
}

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
