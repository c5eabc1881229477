using System.Collections.Concurrent;
using System.Diagnostics;
using EmbeddedHost.Engine.Telemetry;

namespace EmbeddedHost.Tests.Engine.Telemetry;

/// <summary>Listens to the engine's spans. Every test of the process speaks on the same source: each looks for its own trace.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly Activity _caller;

    public Spans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == HubTracing.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _caller = new Activity("caller").Start();
        _caller.ActivityTraceFlags = ActivityTraceFlags.Recorded;
    }

    /// <summary>The span of whoever calls the client.</summary>
    public ActivitySpanId Caller => _caller.SpanId;

    /// <summary>The ended spans of this trace with a name.</summary>
    public List<Activity> Named(string name) =>
        [.. _ended.Where(span => span.TraceId == _caller.TraceId && span.OperationName == name)];

    /// <summary>Waits for a span to end: that of an orchestration ends after those who wait for it have gone on.</summary>
    public async Task<Activity> OneAsync(string name)
    {
        await HubFixture.UntilAsync(() => Named(name).Count > 0, $"a span '{name}'");
        return Assert.Single(Named(name));
    }

    public void Dispose()
    {
        _caller.Dispose();
        _listener.Dispose();
    }
}
