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
