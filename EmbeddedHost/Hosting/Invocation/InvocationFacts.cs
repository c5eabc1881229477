using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>The trace that is current where the invocation asks first.</summary>
internal sealed class CurrentTrace : TraceContext
{
    private readonly Activity? _activity = Activity.Current;

    public override string TraceParent => _activity?.Id ?? "";

    public override string TraceState => _activity?.TraceStateString ?? "";

    public override IReadOnlyDictionary<string, string> Baggage => _activity?.Baggage
        .Where(item => item.Value is not null)
        .DistinctBy(item => item.Key, StringComparer.Ordinal)
        .ToDictionary(item => item.Key, item => item.Value!, StringComparer.Ordinal) ?? base.Baggage;
}

/// <summary>The host runs each invocation once: repeating is the orchestrator's decision.</summary>
internal sealed class NoRetry : RetryContext
{
    public static readonly NoRetry Instance = new();

    public override int RetryCount => 0;

    public override int MaxRetryCount => 0;
}

/// <summary>Trigger values by name.</summary>
internal sealed class TriggerValues(IReadOnlyDictionary<string, object?> values) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData => values;

    /// <summary>What an orchestration or an activity knows.</summary>
    public static IReadOnlyDictionary<string, object?> OfInstance(string? instanceId) =>
        new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = instanceId };
}
