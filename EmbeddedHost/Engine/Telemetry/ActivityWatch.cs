using System.Diagnostics;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Telemetry;

/// <summary>Span and figures of one run of an activity.</summary>
internal readonly struct ActivityWatch
{
    private readonly HubMetrics _metrics;
    private readonly string _name;
    private readonly Activity? _span;
    private readonly long _began;

    private ActivityWatch(HubMetrics metrics, string name, Activity? span, long began) =>
        (_metrics, _name, _span, _began) = (metrics, name, span, began);

    /// <summary>The run begins, after waiting since <paramref name="queued"/>. Until <see cref="Leave"/> its span is the ambient one.</summary>
    public static ActivityWatch Begin(HubMetrics metrics, InstanceRow instance, HistoryEvent scheduled, long queued) =>
        new(metrics, scheduled.Name!, HubTracing.StartActivity(instance, scheduled), metrics.Run(queued, scheduled.Name!));

    /// <summary>The run goes on elsewhere: what this thread does next is not part of it.</summary>
    public void Leave()
    {
        if (_span is not null)
        {
            Activity.Current = null;
        }
    }

    /// <summary>The run has ended.</summary>
    public void End(Exception? failure)
    {
        _metrics.End(_began, _name);
        if (_span is not null)
        {
            _ = failure is null ? _span : _span.SetStatus(ActivityStatusCode.Error, failure.GetType().FullName);
            _span.Dispose();
        }
    }
}
