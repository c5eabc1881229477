using System.Diagnostics.Metrics;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Telemetry;

/// <summary>The figures of a task hub. Where nobody listens none is taken.</summary>
internal sealed class HubMetrics : IDisposable
{
    /// <summary>The name to listen to.</summary>
    public const string MeterName = "EmbeddedHost";

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _turns;
    private readonly Histogram<double> _runs;
    private readonly Histogram<double> _waits;

    /// <param name="reader">Counts the instances when asked to.</param>
    public HubMetrics(HubReader reader)
    {
        _turns = _meter.CreateHistogram<double>("durabletask.turn.duration", "s", "How long the turns of orchestrators took.");
        _runs = _meter.CreateHistogram<double>("durabletask.activity.duration", "s", "How long the activities ran.");
        _waits = _meter.CreateHistogram<double>("durabletask.activity.queue_time", "s", "How long the activities waited to be run.");
        _ = _meter.CreateObservableUpDownCounter(
            "durabletask.instances",
            () => reader.CountByState().Select(static state => new Measurement<long>(state.Count, Tag("state", state.State.ToString()))),
            "{instance}",
            "Instances in the hub, by their state.");
    }

    /// <summary>The time now, where turns are measured; else 0.</summary>
    public long BeginTurn() => _turns.Enabled ? _clock.GetTimestamp() : 0;

    /// <summary>A turn that began at <paramref name="began"/> is over.</summary>
    public void EndTurn(long began, string orchestrator) => Record(_turns, began, orchestrator);

    /// <summary>The time now, where activities are measured; else 0.</summary>
    public long Queue() => _waits.Enabled || _runs.Enabled ? _clock.GetTimestamp() : 0;

    /// <summary>An activity that was queued at <paramref name="queued"/> runs. Returns the time, as <see cref="Queue"/> does.</summary>
    public long Run(long queued, string activity)
    {
        Record(_waits, queued, activity);
        return Queue();
    }

    /// <summary>An activity that ran since <paramref name="began"/> has ended.</summary>
    public void End(long began, string activity) => Record(_runs, began, activity);

    public void Dispose() => _meter.Dispose();

    private void Record(Histogram<double> histogram, long since, string name)
    {
        if (since != 0)
        {
            histogram.Record(_clock.GetElapsedTime(since).TotalSeconds, Tag("name", name));
        }
    }

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
