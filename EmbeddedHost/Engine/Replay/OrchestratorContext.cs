using EmbeddedHost.Engine.Contracts;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine.Replay;

/// <summary>What an orchestrator's context knows of its instance.</summary>
/// <param name="Name">The orchestrator.</param>
/// <param name="Version">The instance's version; null where it has none.</param>
/// <param name="Input">The input as UTF-8 JSON; null is none.</param>
internal sealed record OrchestrationStart(string Name, string? Version, byte[]? Input);

/// <summary>
/// What an orchestrator sees: the worker's own context, with the input in the type that is asked for, and with a clear
/// error where code uses it outside of its turn.
/// </summary>
internal class OrchestratorContext(TaskOrchestrationContext inner, OrchestrationStart start, TurnThread turn, EngineServices services)
    : TaskOrchestrationContext
{
    private readonly List<Task> _eventWaits = [];
    private OrchestratorEntities? _entities;

    /// <summary>True while the code waits for an external event.</summary>
    public bool WaitsForEvent
    {
        get
        {
            _ = _eventWaits.RemoveAll(static wait => wait.IsCompleted);
            return _eventWaits.Count > 0;
        }
    }

    /// <inheritdoc />
    public override TaskName Name => inner.Name;

    /// <inheritdoc />
    public override string InstanceId => inner.InstanceId;

    /// <inheritdoc />
    public override string Version => start.Version ?? "";

    /// <inheritdoc />
    public override ParentOrchestrationInstance? Parent => inner.Parent;

    /// <inheritdoc />
    public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;

    /// <inheritdoc />
    public override bool IsReplaying => inner.IsReplaying;

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> Properties => inner.Properties;

    /// <inheritdoc />
    public override TaskOrchestrationEntityFeature Entities =>
        _entities ??= new OrchestratorEntities(inner.Entities, start.Name, turn, NoteWait);

    /// <inheritdoc />
    protected override ILoggerFactory LoggerFactory => services.Loggers;

    /// <summary>The input as a type.</summary>
    public object? ReadInput(Type type) => services.Serializer.Deserialize(start.Input, type);

    /// <inheritdoc />
    public override T GetInput<T>() => services.Serializer.Read<T>(start.Input)!;

    /// <inheritdoc />
    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Assert();
        return inner.CallActivityAsync<TResult>(name, input, WithThis(options));
    }

    /// <inheritdoc />
    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        Assert();
        return inner.CallSubOrchestratorAsync<TResult>(orchestratorName, input, WithThis(OfChild(options)));
    }

    /// <inheritdoc />
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Assert();
        return inner.CreateTimer(fireAt, cancellationToken);
    }

    /// <inheritdoc />
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        Assert();
        var wait = inner.WaitForExternalEvent<T>(eventName, cancellationToken);
        NoteWait(wait);
        return wait;
    }

    /// <inheritdoc />
    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        Assert();
        inner.SendEvent(instanceId, eventName, payload);
    }

    /// <inheritdoc />
    public override void SetCustomStatus(object? customStatus)
    {
        Assert();
        inner.SetCustomStatus(customStatus);
    }

    /// <inheritdoc />
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        Assert();
        inner.ContinueAsNew(newInput, preserveUnprocessedEvents);
    }

    /// <inheritdoc />
    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        Assert();
        inner.ContinueAsNew(options);
    }

    /// <inheritdoc />
    public override Guid NewGuid()
    {
        Assert();
        return inner.NewGuid();
    }

    /// <summary>The options of a call of a sub-orchestration.</summary>
    /// <exception cref="ArgumentException">They name an id that no instance can have.</exception>
    protected virtual TaskOptions? OfChild(TaskOptions? options)
    {
        if (options is SubOrchestrationOptions { InstanceId: { } id })
        {
            InstanceIds.Check(id);
        }

        return options;
    }

    /// <exception cref="InvalidOperationException">The code runs outside of its turn.</exception>
    protected void Assert() => turn.Assert(start.Name);

    private void NoteWait(Task wait)
    {
        if (!wait.IsCompleted)
        {
            _eventWaits.Add(wait);
        }
    }

    // A retry handler is orchestrator code as well: it gets this context, and not the one inside.
    private TaskOptions? WithThis(TaskOptions? options) => options?.Retry?.Handler is { } handler
        ? options with { Retry = new TaskRetryOptions(retry => handler(retry with { OrchestrationContext = this })) }
        : options;
}

/// <summary>The thread that an orchestrator's code must stay on during a turn.</summary>
internal sealed class TurnThread
{
    private int _id;

    /// <summary>A turn begins on this thread.</summary>
    public void Enter() => _id = Environment.CurrentManagedThreadId;

    /// <summary>The turn is over.</summary>
    public void Leave() => _id = 0;

    /// <summary>Whether a turn runs, on this thread.</summary>
    public bool IsHere => _id == Environment.CurrentManagedThreadId;

    /// <exception cref="InvalidOperationException">The code runs outside of its turn.</exception>
    public void Assert(string orchestrator)
    {
        if (!IsHere)
        {
            throw new InvalidOperationException(
                $"The orchestrator '{orchestrator}' used its context outside of its turn. It awaited something other than a durable "
                + "task (Task.Delay, Task.Run, I/O), or started a thread. Use the context's timers and activities instead.");
        }
    }
}
