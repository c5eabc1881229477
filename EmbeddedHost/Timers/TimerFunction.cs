using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers;

/// <summary>
/// One timer function while the host runs: by its schedule while the host has its lease, and whenever somebody asks for it. There is
/// one run at a time.
/// </summary>
internal sealed partial class TimerFunction(
    TimerDefinition definition, ITimerStore store, TimerAttempts attempts, TimeProvider clock, ILogger log, CancellationToken stopping)
{
    private readonly Lock _gate = new();
    private TimerStatus _status = TimerStatus.New(definition.Schedule, clock.GetUtcNow());
    private ITimerLease? _lease;
    private TimerReason? _atStart;
    private bool _hasStarted;
    private bool _isAskedFor;
    private bool _isRunning;
    private long _runs;

    /// <summary>The function's name.</summary>
    public string Name => definition.Function.Descriptor.FunctionName;

    /// <summary>Whether it runs by itself.</summary>
    public bool IsEnabled => !definition.IsDisabled;

    /// <summary>Whether its status is kept.</summary>
    public bool IsMonitored => definition.UseMonitor;

    /// <summary>Whether its own code runs now.</summary>
    public bool IsInCode => attempts.IsInCode;

    /// <summary>How often it has run.</summary>
    public long Runs => Volatile.Read(ref _runs);

    /// <summary>Whether it would run by its schedule if the host had its lease.</summary>
    public bool IsWithoutLease
    {
        get
        {
            lock (_gate)
            {
                return IsEnabled && _lease is null;
            }
        }
    }

    /// <summary>Whether it runs, or is about to.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _isRunning;
            }
        }
    }

    /// <summary>Goes on by its schedule from where it was left: by an earlier process, or another host.</summary>
    public async Task OpenAsync(ITimerLease lease)
    {
        var now = clock.GetUtcNow();
        var found = lease.Status;
        var status = found?.By(definition.Schedule, now) ?? TimerStatus.New(definition.Schedule, now);
        if (IsMonitored && status != found)
        {
            await lease.SaveAsync(status);
        }

        var isPastDue = IsMonitored && now > status.Next;
        lock (_gate)
        {
            (_lease, _status) = (lease, status);
            _atStart = isPastDue ? TimerReason.PastDue
                : definition.RunOnStartup && !_hasStarted ? TimerReason.Startup
                : null;
            _hasStarted = true;
        }

        if (isPastDue)
        {
            LogPastDue(Name, status.Next);
        }
        else
        {
            LogScheduled(Name, definition.Schedule, status.Next);
        }
    }

    /// <summary>Runs by its schedule no longer. Returns the lease, or null where there is none, or a run still needs it.</summary>
    public ITimerLease? Close()
    {
        lock (_gate)
        {
            return _isRunning ? null : End();
        }
    }

    /// <summary>Starts no run by its schedule any more, since the lease is lost. Returns whether the host still had it.</summary>
    public bool Lose(ITimerLease lease)
    {
        lock (_gate)
        {
            return _lease == lease && End() is not null;
        }
    }

    /// <summary>Says at the start that it is disabled, where it is.</summary>
    public void Announce()
    {
        if (!IsEnabled)
        {
            LogDisabled(Name);
        }
    }

    /// <summary>Has it run as soon as it can.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            _isAskedFor = true;
        }
    }

    /// <summary>Takes the run that is due; where none is, says until when that is so. Null and null: until something else happens.</summary>
    public (TimerRun? Run, DateTimeOffset? Due) Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_isRunning)
            {
                return (null, null);
            }

            _status = _status.AfterStepBack(definition.Schedule, now);
            var reason = _atStart
                ?? (_isAskedFor ? TimerReason.Request
                : _lease is not null && _status.Next <= now ? TimerReason.Schedule
                : null);
            if (reason is null)
            {
                return (null, _lease is null ? null : _status.Next);
            }

            (_atStart, _isAskedFor, _isRunning) = (null, false, true);
            return (new TimerRun(reason.Value, now, _lease), null);
        }
    }

    /// <summary>The run that was taken is over.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _isRunning = false;
        }
    }

    /// <summary>Does a run, retries included, and keeps when it was.</summary>
    /// <exception cref="EmbeddedHost.Storage.StorageException">When it was could not be kept.</exception>
    public async Task RunAsync(TimerRun run)
    {
        using var cutOff = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Lost);
        if (run.Lost.IsCancellationRequested)
        {
            // Before it began: it is the other host's.
            return;
        }

        var status = IsMonitored ? await StatusAsync(run) : null;
        var info = TimerInfoJson.Write(definition.Schedule, status, run.Reason == TimerReason.PastDue);
        var failure = await attempts.TryAsync(info, cutOff.Token);
        if (failure is not null && cutOff.IsCancellationRequested)
        {
            // It may have failed of that alone: it is taken for one that has not been, and runs after the next start, or elsewhere.
            if (stopping.IsCancellationRequested)
            {
                LogCutOff(failure, Name);
            }
            else
            {
                LogLeaseLost(failure, Name);
            }

            return;
        }

        if (failure is not null)
        {
            LogFailed(failure, Name);
        }

        if (run.Reason != TimerReason.Request)
        {
            var next = TimerStatus.After(definition.Schedule, run.Began);
            lock (_gate)
            {
                _status = next;
            }

            if (IsMonitored)
            {
                await run.Lease!.SaveAsync(next);
            }
        }

        _ = Interlocked.Increment(ref _runs);
    }

    /// <summary>Gives up the lease and what was to run for it.</summary>
    private ITimerLease? End()
    {
        var lease = _lease;
        (_lease, _atStart) = (null, null);
        return lease;
    }

    /// <summary>What the function is told. Without the lease, other hosts have gone on from what is known here.</summary>
    private async ValueTask<TimerStatus> StatusAsync(TimerRun run) =>
        (IsEnabled && run.Lease is null ? await store.FindAsync(Name) : null) ?? _status;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Function '{Function}' has the schedule {Schedule}, and runs next at {Next:O}.")]
    private partial void LogScheduled(string function, TimerSchedule schedule, DateTimeOffset next);

    [LoggerMessage(Level = LogLevel.Information, Message = "Function '{Function}' is disabled by a setting: it runs only where it is asked to.")]
    private partial void LogDisabled(string function);

    [LoggerMessage(Level = LogLevel.Information, Message = "Function '{Function}' was due at {Due:O}, while no host ran: it runs now.")]
    private partial void LogPastDue(string function, DateTimeOffset due);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function '{Function}' failed. It runs again as scheduled.")]
    private partial void LogFailed(Exception e, string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' was cut off by the stop, and runs after the next start.")]
    private partial void LogCutOff(Exception e, string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' was cut off, since another host may run it now: it runs again there, or here when this host may.")]
    private partial void LogLeaseLost(Exception e, string function);
}
