using System.Diagnostics;
using System.Runtime.CompilerServices;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Telemetry;

/// <summary>
/// The spans of a task hub. Source, names and attributes are those of the Durable Task SDKs, so that what an app sets up
/// for one host shows the same on the other. Where nobody listens, or an instance was started unseen, nothing is made.
/// </summary>
internal static class HubTracing
{
    /// <summary>The name to listen to.</summary>
    public const string SourceName = "Microsoft.DurableTask";

    private const string TaskType = "durabletask.type";
    private const string TaskName = "durabletask.task.name";
    private const string InstanceId = "durabletask.task.instance_id";
    private const string TaskId = "durabletask.task.task_id";
    private const string Status = "durabletask.task.status";
    private const string Target = "durabletask.event.target_instance_id";
    private const string FireAt = "durabletask.fire_at";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A client starts an instance. The span's context is to be stored with it.</summary>
    public static Activity? StartCreate(string orchestrator, string instanceId) =>
        Source.StartActivity($"create_orchestration:{orchestrator}", ActivityKind.Producer)
            ?.SetTag(TaskType, "orchestration").SetTag(TaskName, orchestrator).SetTag(InstanceId, instanceId);

    /// <summary>A client raises an event.</summary>
    public static Activity? StartRaise(string eventName, string instanceId) =>
        Source.StartActivity($"orchestration_event:{eventName}", ActivityKind.Producer)
            ?.SetTag(TaskType, "event").SetTag(TaskName, eventName).SetTag(Target, instanceId);

    /// <summary>An activity runs: what it does itself comes below this span.</summary>
    public static Activity? StartActivity(InstanceRow instance, HistoryEvent scheduled) => !Source.HasListeners()
        ? null
        : Below(instance, $"activity:{scheduled.Name}", ActivityKind.Server)
            ?.SetTag(TaskType, "activity").SetTag(TaskName, scheduled.Name).SetTag(TaskId, scheduled.TaskId);

    /// <summary>A timer fired.</summary>
    public static void TimerFired(InstanceRow instance, HistoryEvent timer, DateTime created)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        using var span = Below(instance, $"orchestration:{instance.Name}:timer", ActivityKind.Internal, new DateTimeOffset(created))
            ?.SetTag(TaskType, "timer").SetTag(TaskName, instance.Name).SetTag(TaskId, timer.TaskId)
            .SetTag(FireAt, timer.FireAt?.ToString("O"));
    }

    /// <summary>An orchestrator sent an event.</summary>
    public static void EventSent(InstanceRow instance, string target, HistoryEvent sent)
    {
        if (!Source.HasListeners() || sent.Kind != HistoryEventKind.EventRaised)
        {
            return;
        }

        using var span = Below(instance, $"orchestration_event:{sent.Name}", ActivityKind.Producer)
            ?.SetTag(TaskType, "event").SetTag(TaskName, sent.Name).SetTag(Target, target);
    }

    /// <summary>An orchestration has ended: its span is made now, from its start.</summary>
    public static void OrchestrationEnded(InstanceRow instance, ExecutionOutcome outcome)
    {
        if (!Source.HasListeners() || TraceContext.Own(instance.Trace, instance.Key) is not { } own)
        {
            return;
        }

        var starter = TraceContext.Starter(instance.Trace)!.Value;
        using var span = Source.StartActivity($"orchestration:{instance.Name}", ActivityKind.Server, starter, startTime: new DateTimeOffset(instance.Created));
        if (span is null)
        {
            return;
        }

        // No door to a span's id stands open, and the spans below name this one since long.
        SpanIdOf(span) = own.SpanId.ToHexString();
        _ = span.SetTag(TaskType, "orchestration").SetTag(TaskName, instance.Name).SetTag(InstanceId, instance.Id)
            .SetTag(Status, outcome.State.ToString());
        if (outcome.State == OrchestrationRuntimeStatus.Failed)
        {
            _ = span.SetStatus(ActivityStatusCode.Error, outcome.Failure?.ErrorType);
        }
    }

    private static Activity? Below(InstanceRow instance, string name, ActivityKind kind, DateTimeOffset startTime = default) =>
        TraceContext.Own(instance.Trace, instance.Key) is { } parent
            ? Source.StartActivity(name, kind, parent, startTime: startTime)?.SetTag(InstanceId, instance.Id)
            : null;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanIdOf(Activity activity);
}
