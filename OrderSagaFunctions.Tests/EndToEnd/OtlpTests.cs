
namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Where an OTLP endpoint is set, the host sends its spans and figures there.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Order_WithACollector_ArrivesThereAsATraceWithoutPersonalData()
    {
        await using var collector = new OtlpCollector();
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        });
        await EndAsync(app, "otlp-1");
        await collector.UntilReceivedAsync("/v1/traces");
        await collector.UntilReceivedAsync("/v1/metrics");
        await EndAsync(app, "otlp-2");

        // A stop sends what is left, in the second that it has for that: both ways have been used before.
        Assert.Equal(0, await app.StopAsync());
        var received = await collector.StopAsync();

        Assert.Contains("/v1/traces", received, StringComparison.Ordinal);
        Assert.Contains("create_orchestration:OrderSaga", received, StringComparison.Ordinal);
        Assert.Contains("activity:ProcessPayment", received, StringComparison.Ordinal);
        Assert.Contains("/v1/metrics", received, StringComparison.Ordinal);
        Assert.Contains("durabletask.turn.duration", received, StringComparison.Ordinal);
        Assert.Contains("otlp-2", received, StringComparison.Ordinal);
        Assert.DoesNotContain("customer-not-for-spans", received, StringComparison.Ordinal);
    }

    private static async Task EndAsync(AppProcess app, string orderId)
    {
        _ = await app.Orders.SubmitAsync($$"""{"order_id":"{{orderId}}","customer_id":"customer-not-for-spans","items":[{"item_id":"sku-100","qty":1,"unit_price":1}]}""");
        _ = await app.Orders.EndOfAsync(orderId);
    }
}
