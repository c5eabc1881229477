using System.Text;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// What an orchestrator sees: the worker's own context, with the input in the type that is asked for, and with a clear
/// error where code uses it outside of its turn.
/// </summary>
internal sealed class OrchestratorContext(
    TaskOrchestrationContext inner, InstanceRow row, TurnThread turn, ExecutionGuids guids, EngineServices services)
    : TaskOrchestrationContext
{
    private readonly List<Task> _eventWaits = [];
    private OrchestratorEntities? _entities;
    private bool _hasNewStatus;
    private object? _status;

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
    public override string Version => row.Version ?? "";

    /// <inheritdoc />
    public override ParentOrchestrationInstance? Parent => inner.Parent;

    /// <inheritdoc />
    public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;

    /// <inheritdoc />
    public override bool IsReplaying => inner.IsReplaying;

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> Properties => inner.Properties;

    /// <inheritdoc />
    public override TaskOrchestrationEntityFeature Entities => _entities ??= new OrchestratorEntities(inner.Entities, row, turn, NoteWait);

    /// <inheritdoc />
    protected override ILoggerFactory LoggerFactory => services.Loggers;

    /// <summary>Takes the custom status that the code has set in this turn, as it is now. Null: it has set none.</summary>
    public NewStatus? TakeStatus()
    {
        if (!_hasNewStatus)
        {
            return null;
        }

        var status = _status;
        (_hasNewStatus, _status) = (false, null);
        return new NewStatus(services.Serializer.Serialize(status));
    }

    /// <summary>The input as a type.</summary>
    public object? ReadInput(Type type) => services.Serializer.Deserialize(row.Input, type);

    /// <inheritdoc />
    public override T GetInput<T>() => services.Serializer.Read<T>(row.Input)!;

    /// <inheritdoc />
    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        turn.Assert(row.Name);
        return inner.CallActivityAsync<TResult>(name, input, WithThis(options));
    }

    /// <inheritdoc />
    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        turn.Assert(row.Name);
        return inner.CallSubOrchestratorAsync<TResult>(orchestratorName, input, WithThis(WithInstanceId(options)));
    }

    /// <inheritdoc />
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        turn.Assert(row.Name);
        return inner.CreateTimer(fireAt, cancellationToken);
    }

    /// <inheritdoc />
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        turn.Assert(row.Name);
        var wait = inner.WaitForExternalEvent<T>(eventName, cancellationToken);
        NoteWait(wait);
        return wait;
    }

    /// <inheritdoc />
    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        turn.Assert(row.Name);
        inner.SendEvent(instanceId, eventName, payload);
    }

    /// <inheritdoc />
    public override void SetCustomStatus(object? customStatus)
    {
        turn.Assert(row.Name);
        if (inner.IsReplaying)
        {
            return;
        }

        // Kept here and not in the inner context, which would serialise it again in every turn.
        (_hasNewStatus, _status) = (true, customStatus);
    }

    /// <inheritdoc />
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        turn.Assert(row.Name);
        inner.ContinueAsNew(newInput, preserveUnprocessedEvents);
    }

    /// <inheritdoc />
    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        turn.Assert(row.Name);
        inner.ContinueAsNew(options);
    }

    /// <inheritdoc />
    public override Guid NewGuid()
    {
        turn.Assert(row.Name);
        return guids.New(inner.CurrentUtcDateTime);
    }

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

    private SubOrchestrationOptions WithInstanceId(TaskOptions? options)
    {
        var named = options as SubOrchestrationOptions ?? (options is null ? new SubOrchestrationOptions() : new SubOrchestrationOptions(options));
        if (named.InstanceId is null)
        {
            return named with { InstanceId = NewGuid().ToString("N") };
        }

        InstanceIds.Check(named.InstanceId);
        return named;
    }
}

/// <summary>A custom status as it is to be stored; without a value it is cleared.</summary>
internal readonly record struct NewStatus(byte[]? Value)
{
    /// <summary>Why an instance whose status is too long fails.</summary>
    public const string TooLong = "The custom status is too long: expected at most 16 KB as UTF-16 (8,192 characters of JSON).";

    private const int MostBytes = 16 * 1024;

    /// <summary>True above the limit that Azure has.</summary>
    public bool IsTooLong => Value is not null && Encoding.UTF8.GetCharCount(Value) * sizeof(char) > MostBytes;
}

/// <summary>The thread that an orchestrator's code must stay on during a turn.</summary>
internal sealed class TurnThread
{
    private int _id;

    /// <summary>A turn begins on this thread.</summary>
    public void Enter() => _id = Environment.CurrentManagedThreadId;

    /// <summary>The turn is over.</summary>
    public void Leave() => _id = 0;

    /// <exception cref="InvalidOperationException">The code runs outside of its turn.</exception>
    public void Assert(string orchestrator)
    {
        if (_id != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"The orchestrator '{orchestrator}' used its context outside of its turn. It awaited something other than a durable "
                + "task (Task.Delay, Task.Run, I/O), or started a thread. Use the context's timers and activities instead.");
        }
    }
}
