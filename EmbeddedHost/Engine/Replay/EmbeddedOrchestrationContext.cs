using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine.Replay;

/// <summary>What an orchestrator sees. Every call that has an effect becomes an action of the turn.</summary>
internal sealed class EmbeddedOrchestrationContext(InstanceIdentity identity, EngineServices services)
    : TaskOrchestrationContext
{
    private readonly Dictionary<int, DurableTaskSource> _pending = [];
    private readonly PendingTimers _timers = new();
    private int _nextTaskId;
    private int _nextGuid;
    private int _turnThread;
    private DateTime _now;

    /// <summary>The actions of the current turn.</summary>
    public ActionLog Actions { get; } = new();

    /// <summary>Waiters and buffered events.</summary>
    public ExternalEvents Events { get; } = new(services.Serializer);

    /// <summary>The custom status as it is to be stored; null where it was never set or was cleared.</summary>
    public byte[]? CustomStatus { get; private set; }

    /// <summary>True where the current turn set the custom status.</summary>
    public bool CustomStatusChanged { get; set; }

    /// <summary>What the next execution starts with, once the code asked for one.</summary>
    public ContinueAsNewRequest? NextExecution { get; private set; }

    /// <summary>Activities and sub-orchestrations asked for and not yet answered.</summary>
    public int OpenTasks => _pending.Count - _timers.Count;

    /// <summary>True while an activity, a sub-orchestration or a timer has no answer yet, awaited or not.</summary>
    public bool HasOpenActions => _pending.Count > 0;

    /// <summary>True while a message could still let the code go on.</summary>
    public bool AwaitsAnything => HasOpenActions || Events.HasWaiters;

    /// <summary>The first number that neither an action nor a GUID of this instance has used.</summary>
    public int NextNumber => Math.Max(_nextTaskId, _nextGuid);

    /// <summary>When the earliest timer is due; null where none is armed.</summary>
    public DateTime? WakeAt => _timers.Earliest;

    /// <inheritdoc />
    public override TaskName Name => identity.Name;

    /// <inheritdoc />
    public override string InstanceId => identity.Id;

    /// <inheritdoc />
    public override string Version => identity.Version;

    /// <inheritdoc />
    public override ParentOrchestrationInstance? Parent => identity.Parent;

    /// <inheritdoc />
    public override DateTime CurrentUtcDateTime => _now;

    /// <inheritdoc />
    public override bool IsReplaying => Actions.IsReplaying;

    /// <inheritdoc />
    protected override ILoggerFactory LoggerFactory => services.Loggers;

    /// <summary>Opens a turn: its clock, and the thread that its code must stay on.</summary>
    public void BeginTurn(DateTime at)
    {
        _now = at;
        _turnThread = Environment.CurrentManagedThreadId;
    }

    public void EndTurn() => _turnThread = 0;

    /// <summary>Numbers actions and GUIDs from <paramref name="first"/> at least.</summary>
    public void NumberFrom(int first) => (_nextTaskId, _nextGuid) = (Math.Max(_nextTaskId, first), Math.Max(_nextGuid, first));

    /// <summary>Completes what waits for the action; a second answer, or one to nothing, is ignored.</summary>
    public void Complete(int taskId, byte[]? payload)
    {
        if (Take(taskId) is { } source)
        {
            source.SetResult(payload, services.Serializer);
        }
    }

    public void Fail(int taskId, string taskName, TaskFailureDetails failure) =>
        Take(taskId)?.SetException(new TaskFailedException(taskName, taskId, failure));

    /// <summary>The timers that are due by <paramref name="now"/>, in the order they became due.</summary>
    public IEnumerable<int> DueTimers(DateTime now) => _timers.DueBy(now);

    /// <summary>True while the action has no answer.</summary>
    public bool IsPending(int taskId) => _pending.ContainsKey(taskId);

    /// <inheritdoc />
    public override T GetInput<T>() => services.Serializer.Read<T>(identity.Input)!;

    /// <inheritdoc />
    public override Guid NewGuid()
    {
        AssertOnTurn();
        return DeterministicGuid.Create(InstanceId, _now, _nextGuid++);
    }

    /// <inheritdoc />
    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        RetryLoop.RunAsync(this, name, options?.Retry, () => Schedule<TResult>(new HistoryEvent
        {
            Kind = HistoryEventKind.TaskScheduled,
            TaskId = NextTaskId(),
            Name = name.Name,
            Version = options?.Version?.Version,
            Tags = Copy(options?.Tags),
            Payload = services.Serializer.Serialize(input),
        }));

    /// <inheritdoc />
    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        var instanceId = (options as SubOrchestrationOptions)?.InstanceId;
        if (instanceId is not null)
        {
            InstanceIds.Check(instanceId);
        }

        return RetryLoop.RunAsync(this, orchestratorName, options?.Retry, () => Schedule<TResult>(new HistoryEvent
        {
            Kind = HistoryEventKind.SubOrchestrationCreated,
            TaskId = NextTaskId(),
            Name = orchestratorName.Name,
            InstanceId = instanceId ?? NewGuid().ToString("N"),
            Version = options?.Version?.Version,
            Tags = Copy(options?.Tags),
            Payload = services.Serializer.Serialize(input),
        }));
    }

    /// <inheritdoc />
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var due = fireAt.ToUniversalTime();
        var timer = new HistoryEvent { Kind = HistoryEventKind.TimerCreated, TaskId = NextTaskId(), FireAt = due };
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var task = Schedule<object?>(timer);
        _timers.Add(timer.TaskId, due);
        if (cancellationToken.CanBeCanceled)
        {
            _ = cancellationToken.UnsafeRegister(_ => Take(timer.TaskId)?.SetCanceled(cancellationToken), state: null);
        }

        return task;
    }

    /// <inheritdoc />
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        AssertOnTurn();
        return Events.WaitAsync<T>(eventName, cancellationToken);
    }

    /// <inheritdoc />
    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        AssertOnTurn();
        _ = Actions.TryAdd(
            new HistoryEvent
            {
                Kind = HistoryEventKind.EventSent,
                TaskId = NextTaskId(),
                Name = eventName,
                InstanceId = instanceId,
                Payload = services.Serializer.Serialize(payload),
            },
            identity.Name);
    }

    /// <inheritdoc />
    public override void SetCustomStatus(object? customStatus)
    {
        AssertOnTurn();
        CustomStatus = services.Serializer.Serialize(customStatus);
        CustomStatusChanged = true;
    }

    /// <inheritdoc />
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAs(newInput, version: null, preserveUnprocessedEvents);

    /// <inheritdoc />
    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ContinueAs(options.NewInput, options.NewVersion, options.PreserveUnprocessedEvents);
    }

    private static Dictionary<string, string>? Copy(IDictionary<string, string>? tags) =>
        tags is null or { Count: 0 } ? null : new Dictionary<string, string>(tags, StringComparer.Ordinal);

    private void ContinueAs(object? input, string? version, bool preserveUnprocessedEvents)
    {
        AssertOnTurn();
        NextExecution = new ContinueAsNewRequest(
            services.Serializer.Serialize(input), string.IsNullOrEmpty(version) ? identity.Version : version, preserveUnprocessedEvents);
    }

    private Task<T> Schedule<T>(HistoryEvent action)
    {
        AssertOnTurn();
        var source = new DurableTaskSource<T>();
        if (Actions.TryAdd(action, identity.Name))
        {
            _pending.Add(action.TaskId, source);
        }

        // After a mismatch the source is never completed: the code stops here, and the instance fails.
        return source.Task;
    }

    private DurableTaskSource? Take(int taskId)
    {
        _timers.Remove(taskId);
        return _pending.Remove(taskId, out var source) ? source : null;
    }

    private int NextTaskId() => _nextTaskId++;

    private void AssertOnTurn()
    {
        if (_turnThread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"The orchestrator '{identity.Name}' used its context outside of its turn. It awaited something other than a durable "
                + "task (Task.Delay, Task.Run, I/O), or started a thread. Use the context's timers and activities instead.");
        }
    }
}
