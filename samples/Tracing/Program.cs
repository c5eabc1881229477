using EmbeddedHost;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Tracing;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseEmbeddedHost();

// Spans of the app's own. OTEL_EXPORTER_OTLP_ENDPOINT says where they go; without it the app sends none.
if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 })
{
    builder.Services.AddOpenTelemetry()
        .WithTracing(static tracing => tracing.AddSource(Checkout.Spans.Name))
        .UseOtlpExporter();
}

await builder.Build().RunAsync();
