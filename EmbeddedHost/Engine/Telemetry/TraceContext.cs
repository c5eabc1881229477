using System.Buffers.Binary;
using System.Diagnostics;

namespace EmbeddedHost.Engine.Telemetry;

/// <summary>
/// The W3C trace context of an instance (https://www.w3.org/TR/trace-context/). What is stored with it is the
/// <c>traceparent</c> of whoever started it; the id of its own span follows from that and its key, so that spans below it
/// find their parent before it has ended and after a restart.
/// </summary>
internal static class TraceContext
{
    /// <summary>The span of whoever started the instance; null where nobody traced that.</summary>
    public static ActivityContext? Starter(string? trace) =>
        trace is not null && ActivityContext.TryParse(trace, traceState: null, isRemote: true, out var context) ? context : null;

    /// <summary>The instance's own span; null where nobody traced its start.</summary>
    public static ActivityContext? Own(string? trace, long key) => Starter(trace) is { } starter
        ? new ActivityContext(starter.TraceId, OwnSpan(starter.SpanId, key), starter.TraceFlags, isRemote: true)
        : null;

    /// <summary>A context as a <c>traceparent</c>.</summary>
    public static string Text(ActivityContext context) =>
        $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";

    private static ActivitySpanId OwnSpan(ActivitySpanId starter, long key)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        starter.CopyTo(bytes);
        // The finaliser of SplitMix64: neighbouring keys give ids that have nothing in common.
        var mixed = BinaryPrimitives.ReadUInt64BigEndian(bytes) + ((ulong)key * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, mixed == 0 ? 1 : mixed);
        return ActivitySpanId.CreateFromBytes(bytes);
    }
}
