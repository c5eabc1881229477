using EmbeddedHost.Engine.Telemetry;
using EmbeddedHost.Framework;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EmbeddedHost.Hosting.Telemetry;

/// <summary>
/// Sends spans and figures over OTLP, set up by the standard variables
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    /// <summary>The variable that turns the export on.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // A collector that hangs must not hold up a stop.
    private const int MillisecondsToEnd = 1000;

    private readonly TracerProvider _tracer;
    private readonly MeterProvider _meter;

    private OtlpExport(string serviceName)
    {
        var resource = ResourceBuilder.CreateDefault();
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME")))
        {
            _ = resource.AddService(serviceName);
        }

        _tracer = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(HubTracing.SourceName, FrameworkHub.SourceName, "Microsoft.AspNetCore")
            .AddOtlpExporter()
            .Build();
        _meter = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(HubMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>Begins to export where an endpoint is set; else does nothing, at no cost, and returns null.</summary>
    /// <param name="serviceName">What the process is called unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
    public static OtlpExport? TryStart(string serviceName) =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)) ? null : new OtlpExport(serviceName);

    /// <summary>Sends what is left, unless the collector does not take it at once, and ends.</summary>
    public void Dispose()
    {
        // Both at once: a stop has but little time.
        Parallel.Invoke(() => _tracer.Shutdown(MillisecondsToEnd), () => _meter.Shutdown(MillisecondsToEnd));
        _tracer.Dispose();
        _meter.Dispose();
    }
}
