namespace DurableTask.Core.Tracing;

/// <summary>What something is traced under, in W3C terms.</summary>
/// <param name="traceParent">The <c>traceparent</c>.</param>
/// <param name="traceState">The <c>tracestate</c>, where there is one.</param>
public class DistributedTraceContext(string traceParent, string? traceState = null)
{
    /// <summary>The <c>traceparent</c>.</summary>
    public string TraceParent { get; set; } = traceParent;

    /// <summary>The <c>tracestate</c>, where there is one.</summary>
    public string? TraceState { get; set; } = traceState;

    /// <summary>The activity's id, where there is one.</summary>
    public string? Id { get; set; }

    /// <summary>The span's id, where there is one.</summary>
    public string? SpanId { get; set; }

    /// <summary>When the activity began, where that is known.</summary>
    public DateTimeOffset? ActivityStartTime { get; set; }
}
