using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers;

/// <summary>
/// Runs the app's timer functions at their times, by the wall clock, and each of them once at a time. A run is over when its status is
/// stored: a crash before that has it run again, at the next start or on another host. Of several hosts with one store, each function
/// runs by its schedule on one.
/// </summary>
/// <remarks>
/// One alarm is set, for the earliest of them; that the clock was set is noticed <see cref="WallClockAlarm.LookAfter"/> later at most.
/// </remarks>
internal sealed class TimerTriggers : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<TimerFunction> _functions;
    private readonly IHostRuntime _runtime;
    private readonly TimeProvider _clock;
    private readonly IWorkScheduler _scheduler;
    private readonly CancellationToken _stopping;
    private readonly WallClockAlarm _alarm;
    private readonly TimerLeases _leases;
    private bool _isOpen;

    public TimerTriggers(
        IReadOnlyList<TimerDefinition> definitions,
        ITimerStore store,
        FunctionCatalog catalog,
        IHostRuntime runtime,
        TimeProvider clock,
        ILoggerFactory loggers,
        HostStop stop,
        HostSetup setup)
    {
        _runtime = runtime;
        _clock = clock;
        _scheduler = setup.Databases.Scheduler;
        _stopping = stop.Begun;
        _functions = [.. definitions.Select(definition =>
        {
            var log = loggers.CreateLogger($"Function.{definition.Function.Descriptor.FunctionName}");
            return new TimerFunction(definition, store, new TimerAttempts(definition, catalog, clock, log), clock, log, stop.Begun);
        })];
        _alarm = new WallClockAlarm(clock, Look);
        _leases = new TimerLeases(_functions, store, clock, onOpened: Look, onFault: e => runtime.Fault(e, "the timer functions"), stop.Begun);
    }

    /// <summary>How many timer functions are in their own code now.</summary>
    public int Running => _functions.Count(static function => function.IsInCode);

    /// <summary>How often each timer function that runs by itself has run at least; null where there is none.</summary>
    public long? Rounds => _functions.Where(static function => function.IsEnabled).Min(static function => (long?)function.Runs);

    /// <summary>Runs what was missed, and what runs at each start, and from now on what is due.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _functions.ForEach(static function => function.Announce());
        await _leases.StartAsync();
        lock (_gate)
        {
            _isOpen = true;
        }

        Look();
    }

    /// <summary>
    /// Nothing is started any more since the stop has begun; what runs is cancelled, and waited for as activities are. What does not run
    /// is left to other hosts at once.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken) => _leases.StopAsync();

    /// <summary>Has a timer function run now, or as soon as its present run is over.</summary>
    /// <returns>False where there is none of that name.</returns>
    public bool TryRun(string name)
    {
        var function = _functions.Find(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (function is null)
        {
            return false;
        }

        function.Ask();
        Look();
        return true;
    }

    public void Dispose()
    {
        _leases.Dispose();
        _alarm.Dispose();
    }

    /// <summary>Starts what is due, and arms the timer for what comes next.</summary>
    private void Look()
    {
        var due = new List<Work>();
        lock (_gate)
        {
            if (!_isOpen || _stopping.IsCancellationRequested)
            {
                return;
            }

            var now = _clock.GetUtcNow();
            DateTimeOffset? next = null;
            foreach (var function in _functions)
            {
                var (run, at) = function.Take(now);
                if (run is not null)
                {
                    due.Add(new Work(this, function, run));
                }

                next = at is null || next < at ? next : at;
            }

            if (next is { } time)
            {
                _alarm.Set(time.UtcDateTime);
            }
            else
            {
                _alarm.Unset();
            }
        }

        foreach (var work in due)
        {
            _scheduler.Queue(work);
        }
    }

    private async Task RunAsync(TimerFunction function, TimerRun run)
    {
        _runtime.EnterWork();
        try
        {
            await function.RunAsync(run);
        }
        catch (Exception e)
        {
            // Of the function's own failures it knows: this is the status that could not be kept.
            _runtime.Fault(e, $"the status of the timer function '{function.Name}'");
        }
        finally
        {
            function.Release();
            await _leases.AfterRunAsync(function);
            _runtime.LeaveWork();
        }

        Look();
    }

    private sealed class Work(TimerTriggers owner, TimerFunction function, TimerRun run) : IThreadPoolWorkItem
    {
        public void Execute() => _ = owner.RunAsync(function, run);
    }
}
