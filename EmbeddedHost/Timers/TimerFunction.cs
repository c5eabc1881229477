using EmbeddedHost.Hosting.Invocation;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers;

/// <summary>Why a timer function runs.</summary>
internal enum TimerReason
{
    /// <summary>Its time has come.</summary>
    Schedule,

    /// <summary>Its time came while no host ran.</summary>
    PastDue,

    /// <summary>The host has started.</summary>
    Startup,

    /// <summary>Somebody has asked for it.</summary>
    Request,
}

/// <summary>
/// One timer function while the host runs. <see cref="TimerTriggers"/> sees to it that there is one run at a time, and that nothing
/// else is asked of it meanwhile but <see cref="Ask"/>.
/// </summary>
internal sealed partial class TimerFunction(
    TimerDefinition definition, TimerStore store, FunctionCatalog catalog, TimeProvider clock, ILoggerFactory loggers, CancellationToken stopping)
{
    private readonly ILogger _log = loggers.CreateLogger($"Function.{definition.Function.Descriptor.FunctionName}");
    private TimerStatus _status = TimerStatus.New(definition.Schedule, clock.GetUtcNow());
    private TimerReason? _atStart;
    private bool _isAskedFor;
    private bool _isRunning;
    private volatile bool _isInCode;
    private long _runs;

    /// <summary>The function's name.</summary>
    public string Name => definition.Function.Descriptor.FunctionName;

    /// <summary>Whether it runs by itself.</summary>
    public bool IsEnabled => !definition.IsDisabled;

    /// <summary>Whether its own code runs now.</summary>
    public bool IsInCode => _isInCode;

    /// <summary>How often it has run.</summary>
    public long Runs => Volatile.Read(ref _runs);

    /// <summary>Finds where an earlier process has left it.</summary>
    public async Task OpenAsync()
    {
        if (!IsEnabled)
        {
            LogDisabled(Name);
            return;
        }

        var now = clock.GetUtcNow();
        if (definition.UseMonitor)
        {
            var found = store.Find(Name);
            _status = found?.By(definition.Schedule, now) ?? TimerStatus.New(definition.Schedule, now);
            if (_status != found)
            {
                await store.SaveAsync(Name, _status);
            }
        }

        if (definition.UseMonitor && now > _status.Next)
        {
            LogPastDue(Name, _status.Next);
            _atStart = TimerReason.PastDue;
        }
        else
        {
            _atStart = definition.RunOnStartup ? TimerReason.Startup : null;
            LogScheduled(Name, definition.Schedule, _status.Next);
        }
    }

    /// <summary>Has it run as soon as it can.</summary>
    public void Ask() => _isAskedFor = true;

    /// <summary>Takes the run that is due; where none is, says until when that is so. Null and null: until something else happens.</summary>
    public (TimerReason? Reason, DateTimeOffset? Due) Take(DateTimeOffset now)
    {
        if (_isRunning)
        {
            return (null, null);
        }

        _status = _status.AfterStepBack(definition.Schedule, now);
        var reason = _atStart
            ?? (_isAskedFor ? TimerReason.Request
            : IsEnabled && _status.Next <= now ? TimerReason.Schedule
            : null);
        if (reason is null)
        {
            return (null, IsEnabled ? _status.Next : null);
        }

        (_atStart, _isAskedFor, _isRunning) = (null, false, true);
        return (reason, null);
    }

    /// <summary>The run that was taken is over.</summary>
    public void Release() => _isRunning = false;

    /// <summary>Does a run, retries included, and keeps when it was.</summary>
    /// <param name="reason">Why it runs.</param>
    /// <param name="began">When that was decided.</param>
    /// <exception cref="EmbeddedHost.Storage.StorageException">When it was could not be kept.</exception>
    public async Task RunAsync(TimerReason reason, DateTimeOffset began)
    {
        var info = TimerInfoJson.Write(definition.Schedule, definition.UseMonitor ? _status : null, reason == TimerReason.PastDue);
        var failure = await TryAsync(info);
        if (failure is not null && stopping.IsCancellationRequested)
        {
            // It may have failed of the stop alone: it is taken for one that has not been, and runs after the next start.
            LogCutOff(failure, Name);
            return;
        }

        if (failure is not null)
        {
            LogFailed(failure, Name);
        }

        if (reason != TimerReason.Request)
        {
            _status = TimerStatus.After(definition.Schedule, began);
            if (definition.UseMonitor)
            {
                await store.SaveAsync(Name, _status);
            }
        }

        _ = Interlocked.Increment(ref _runs);
    }

    /// <summary>Calls the function until it succeeds, or may not be called again; returns its last failure.</summary>
    private async Task<Exception?> TryAsync(string info)
    {
        for (var retries = 0; ; retries++)
        {
            var failure = await CallAsync(info, retries);
            if (failure is null || stopping.IsCancellationRequested || !definition.Retry.GoesOn(retries))
            {
                return failure;
            }

            var wait = definition.Retry.Wait(retries);
            LogRetry(failure, Name, wait);
            await Task.Delay(wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (stopping.IsCancellationRequested)
            {
                return failure;
            }
        }
    }

    private async Task<Exception?> CallAsync(string info, int retries)
    {
        var invocation = catalog.NewInvocation(definition.Function, info, definition.Retry.Attempt(retries), stopping);
        try
        {
            _isInCode = true;
            await catalog.RunAsync(invocation);
            return null;
        }
        catch (Exception e) when (invocation.HasTimedOut)
        {
            // One run at a time: the next one waits for this one's real end.
            LogTimedOut(Name, e.Message);
            await invocation.WaitForEndAsync();
            return e;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            _isInCode = false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Function '{Function}' has the schedule {Schedule}, and runs next at {Next:O}.")]
    private partial void LogScheduled(string function, TimerSchedule schedule, DateTimeOffset next);

    [LoggerMessage(Level = LogLevel.Information, Message = "Function '{Function}' is disabled by a setting: it runs only where it is asked to.")]
    private partial void LogDisabled(string function);

    [LoggerMessage(Level = LogLevel.Information, Message = "Function '{Function}' was due at {Due:O}, while no host ran: it runs now.")]
    private partial void LogPastDue(string function, DateTimeOffset due);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason} Function '{Function}' does not run again before that run has ended.")]
    private partial void LogTimedOut(string function, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' failed, and is tried again in {Wait}.")]
    private partial void LogRetry(Exception e, string function, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function '{Function}' failed. It runs again as scheduled.")]
    private partial void LogFailed(Exception e, string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' was cut off by the stop, and runs after the next start.")]
    private partial void LogCutOff(Exception e, string function);
}
