using System.Collections.Concurrent;
using EmbeddedHost.Engine.Client;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.Entities;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Engine.Telemetry;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>
/// A task hub: the instances of an app, their messages, timers and activities, over one database file.
/// </summary>
internal sealed partial class TaskHub : ITaskHub, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly TaskHubOptions _options;
    private readonly LiveInstances _live;
    private readonly PostOffice _post;
    private readonly ConcurrentQueue<(string Id, long Key)> _toFlush = new();
    private readonly ITimer _flushTimer;
    private readonly ILogger _log;
    private readonly Action<Exception> _onFault;
    private int _flushArmed;
    private int _atWork;
    private long _lastKey;
    private long _lastMail;
    private Exception? _fault;
    private volatile bool _isStopped;

    /// <param name="database">The hub's file, with <see cref="HubSchema"/> applied.</param>
    /// <param name="services">The app's code, serialiser, clock and logs.</param>
    /// <param name="options">Limits.</param>
    /// <param name="onFault">Called once when nothing can be committed any more: the host is to stop.</param>
    public TaskHub(SqliteDatabase database, EngineServices services, TaskHubOptions options, Action<Exception> onFault)
    {
        _database = database;
        _options = options;
        _onFault = onFault;
        Services = services;
        Scheduler = database.Environment.Scheduler;
        Reader = new HubReader(database);
        Metrics = new HubMetrics(Reader);
        Activities = new ActivityDispatcher(options.MaxConcurrentActivities, Scheduler);
        Turns = new ConcurrencyLimit(options.MaxConcurrentOrchestrators, Scheduler);
        Timers = new WakeQueue(services.Clock, (id, key) => QueueDeliver(id, key, new Message(Event: null, IsAlarm: true)));
        Entities = new LiveEntities(this, database, options);
        Client = new HubClient(this);
        _live = new LiveInstances(options.MaxWarmOrchestrators);
        _post = new PostOffice(this);
        _log = services.Loggers.CreateLogger("EmbeddedHost.TaskHub");
        _flushTimer = services.Clock.CreateTimer(
            static self => ((TaskHub)self!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _lastKey = Reader.Largest("instances", "key");
        _lastMail = Reader.Largest("mail", "seq");
    }

    /// <inheritdoc />
    public DurableTaskClient Client { get; }

    /// <summary>The app's code, serialiser, clock and logs.</summary>
    public EngineServices Services { get; }

    /// <summary>Runs what the hub leaves for later.</summary>
    public IWorkScheduler Scheduler { get; }

    /// <summary>Reads of what is committed.</summary>
    public HubReader Reader { get; }

    /// <summary>What is measured.</summary>
    public HubMetrics Metrics { get; }

    /// <summary>The activities under way.</summary>
    public ActivityDispatcher Activities { get; }

    /// <summary>Places for turns that run.</summary>
    public ConcurrencyLimit Turns { get; }

    /// <summary>Who waits for instances to have their first turn.</summary>
    public CompletionWaiters Started { get; } = new();

    /// <summary>Who waits for instances to end.</summary>
    public CompletionWaiters Ended { get; } = new();

    /// <summary>The timers of sleeping instances.</summary>
    public WakeQueue Timers { get; }

    /// <summary>The entities that have something to do.</summary>
    public LiveEntities Entities { get; }

    /// <summary>How long an orchestrator's code may run in a turn; null is for ever.</summary>
    public TimeSpan? TurnTimeout => _options.TurnTimeout;

    /// <summary>After how long a turn that the platform failed runs again for the first time.</summary>
    public TimeSpan TurnRetryAfter => _options.TurnRetryAfter;

    /// <summary>True where no turn may stay in memory only, because no instance may.</summary>
    public bool CommitsEveryTurn => _options.MaxWarmOrchestrators == 0;

    /// <summary>True once the hub has given up: what fails from then on may have failed because of that.</summary>
    public bool HasFaulted => Volatile.Read(ref _fault) is not null;

    /// <summary>True once a stop has begun: no activity is started any more.</summary>
    public bool IsStopping { get; private set; }

    public long NextKey() => Interlocked.Increment(ref _lastKey);

    public long NextMailSequence() => Interlocked.Increment(ref _lastMail);

    /// <summary>Brings back what was under way when the file was last written to.</summary>
    public Task StartAsync(CancellationToken ct)
    {
        var active = Reader.Active();
        // Before anything runs: what is sent from then on is delivered by its sender.
        Letter[] mail = [.. Mail()];
        _live.Expect(active.Count);
        var now = Services.UtcNow;
        foreach (var (row, hasOpenTasks) in active)
        {
            // Before the instance runs: its own turns know better when it is to be woken.
            if (row.WakeAt > now)
            {
                Timers.Arm(row.Id, row.Key, row.WakeAt.Value);
            }

            if (hasOpenTasks || row.WakeAt <= now)
            {
                QueueDeliver(row.Id, row.Key, new Message(Event: null));
            }
        }

        _post.Send(mail);
        if (active.Count > 0)
        {
            LogRecovered(active.Count);
        }

        return Task.CompletedTask;
    }

    /// <summary>Tells who waits for an instance that the host stops.</summary>
    public void EndWaits()
    {
        Started.Close();
        Ended.Close();
    }

    /// <summary>Lets running activities finish within the stop's limit; everything else is on disk already.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        IsStopping = true;
        // Real time, whatever clock the orchestrations live by: a virtual one does not move while this waits.
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        // In this order: whoever leaves the activities with a result is at work by then.
        while ((Activities.Running > 0 || Volatile.Read(ref _atWork) > 0)
            && clock.GetElapsedTime(began) < _options.StopTimeout && !ct.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), clock, CancellationToken.None);
        }

        await Activities.StopAsync();
        foreach (var instance in _live.All)
        {
            if (instance.HasUncommitted)
            {
                Deliver(instance.Id, instance.Key, new Message(Event: null));
            }
        }

        await _database.Committer.DrainAsync(clock);
        _isStopped = true;
    }

    /// <inheritdoc />
    public Task<HistoryDocument?> ReadHistoryAsync(string instanceId, bool includePayloads, CancellationToken ct) =>
        Task.FromResult(Reader.Find(instanceId, payloads: true) is { } row
            ? HistoryReport.Of(row, Reader.History(row.Key), includePayloads)
            : null);

    /// <summary>Removes ended instances and all they left. Returns how many there were.</summary>
    public async Task<int> PurgeAsync(IReadOnlyList<string> ids)
    {
        ThrowIfFaulted();
        var purge = new PurgeWork(ids);
        if (!_database.Committer.Submit(purge))
        {
            await purge.Done;
        }

        return purge.Error is null ? purge.Purged : throw purge.Error;
    }

    /// <summary>
    /// Somebody has an activity's result, runs an instance's turns, or a function of another trigger: a stop waits until that is over,
    /// and not longer than for activities. Ends with <see cref="LeaveWork"/>.
    /// </summary>
    public void EnterWork() => Interlocked.Increment(ref _atWork);

    /// <summary>The end of what began with <see cref="EnterWork"/>.</summary>
    public void LeaveWork() => Interlocked.Decrement(ref _atWork);

    /// <summary>Commits a turn. See <see cref="GroupCommitter.Submit"/> for who goes on.</summary>
    public bool Commit(CommitWork turn) => _database.Committer.Submit(turn);

    /// <summary>The instance has nothing to do.</summary>
    public void OnIdle(OrchestrationInstance instance) => _live.OnIdle(instance);

    /// <summary>Has the turns of an instance that wait for a commit committed soon, whatever comes.</summary>
    public void FlushLater(string id, long key)
    {
        _toFlush.Enqueue((id, key));
        if (Interlocked.Exchange(ref _flushArmed, 1) == 0)
        {
            _ = _flushTimer.Change(_options.FlushAfter, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// Nothing can be committed any more, or the engine itself failed: what is in memory is not to be trusted, what is
    /// on disk is. The host stops, and the next start recovers.
    /// </summary>
    public void Fault(Exception e, string where)
    {
        if (!_isStopped && Interlocked.CompareExchange(ref _fault, e, null) is null)
        {
            // A file that cannot be used is told by whoever opened it, in a sentence; anything else is the engine's.
            if (StorageException.Behind(e) is null)
            {
                LogFault(e, where);
            }

            _onFault(e);
        }
    }

    public void Dispose()
    {
        Metrics.Dispose();
        Timers.Dispose();
        Entities.Dispose();
        _flushTimer.Dispose();
        Activities.Dispose();
    }

    /// <summary>An instance has failed because the app's code is not that of its history.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "{Orchestrator} '{InstanceId}' cannot go on: {Reason}")]
    public partial void LogCannotGoOn(string orchestrator, string instanceId, string reason);

    /// <summary>The platform failed an orchestrator's code.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "A turn of {Orchestrator} '{InstanceId}' was cut off, and runs again.")]
    public partial void LogTurnAborted(Exception e, string orchestrator, string instanceId);

    /// <summary>An orchestrator's code ran for too long.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message =
        "A turn of {Orchestrator} '{InstanceId}' took longer than host.json allows (functionTimeout {Limit}), and runs again.")]
    public partial void LogTurnTooLong(string orchestrator, string instanceId, TimeSpan limit);

    private void Flush()
    {
        Volatile.Write(ref _flushArmed, 0);
        while (_toFlush.TryDequeue(out var waiting))
        {
            if (_live.TryGet(waiting.Id, out var instance) && instance!.HasUncommitted)
            {
                QueueDeliver(waiting.Id, waiting.Key, new Message(Event: null));
            }
        }
    }

    private void ThrowIfFaulted()
    {
        if (_fault is not null)
        {
            throw new InvalidOperationException("The task hub has stopped: " + _fault.Message, _fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Instances that had not ended and go on: {Count}.")]
    private partial void LogRecovered(int count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Orchestrator} '{InstanceId}' ended: {State}.")]
    private partial void LogEnded(string orchestrator, string instanceId, OrchestrationRuntimeStatus state);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The task hub stops at {Where}. What was accepted is on disk; the next start goes on from there.")]
    private partial void LogFault(Exception e, string where);
}
