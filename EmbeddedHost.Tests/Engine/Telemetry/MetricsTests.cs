using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EmbeddedHost.Engine.Telemetry;

namespace EmbeddedHost.Tests.Engine.Telemetry;

/// <summary>The engine's figures as a listener sees them.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Run_OfAnOrchestration_IsMeasured()
    {
        var seen = new ConcurrentBag<(string Instrument, double Value, string Name)>();
        using var listener = Listen();
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Add((instrument.Name, value, Tag(tags, "name"))));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => seen.Add((instrument.Name, value, Tag(tags, "database"))));
        listener.Start();
        await using var hub = new HubFixture();
        _ = hub.Activity("Measured", static (int n) => n)
            .Orchestrator("MeasuredToo", static async context => await context.CallActivityAsync<int>("Measured", 1));

        _ = await hub.RunAsync("MeasuredToo");

        Assert.Contains(seen, static m => m is { Instrument: "durabletask.turn.duration", Name: "MeasuredToo", Value: >= 0 });
        Assert.Contains(seen, static m => m is { Instrument: "durabletask.activity.duration", Name: "Measured", Value: >= 0 });
        Assert.Contains(seen, static m => m is { Instrument: "durabletask.activity.queue_time", Name: "Measured", Value: >= 0 });
        Assert.Contains(seen, static m => m is { Instrument: "durabletask.commit.batch_size", Name: "hub", Value: >= 1 });
    }

    [Fact]
    public async Task Instances_AreCountedByState()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Ends", static _ => Task.FromResult(1))
            .Orchestrator("Waits", static async context => await context.WaitForExternalEvent<int>("Never"));
        for (var i = 0; i < 3; i++)
        {
            _ = await hub.RunAsync("Ends");
        }

        _ = await hub.Client.WaitForInstanceStartAsync(await hub.StartAsync("Waits"));
        // Other hubs of this process are counted as well, so that only what this one adds is known to be there.
        var seen = new ConcurrentBag<(long Count, string State)>();
        using var listener = Listen();
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => seen.Add((count, Tag(tags, "state"))));
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Contains((3, "Completed"), seen);
        Assert.Contains((1, "Running"), seen);
    }

    private static MeterListener Listen() => new()
    {
        InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == HubMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        },
    };

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string key)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == key)
            {
                return (string)tag.Value!;
            }
        }

        return string.Empty;
    }
}
