using Microsoft.Extensions.Configuration;

namespace OrderSagaFunctions.Demo;

/// <summary>What the embedded host says of its start. No other host says anything.</summary>
public sealed class DemoMode(IConfiguration configuration)
{
    private readonly bool _isSupervised = configuration["EmbeddedHost.Supervised"] == "true";

    /// <summary>Whether it was started with <c>--demo</c>, and runs on the demo's settings.</summary>
    public bool IsDemo { get; } = configuration["EmbeddedHost.Demo"] == "true";

    /// <summary>Whether it may be killed for show: it is the demo, and was started with <c>--supervise</c>.</summary>
    public bool CanCrash => IsDemo && _isSupervised;
}
