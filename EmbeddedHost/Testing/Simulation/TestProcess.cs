using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Queues;
using EmbeddedHost.Storage;
using EmbeddedHost.Timers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>One life of an app, from its start to its crash.</summary>
internal sealed class TestProcess : IAsyncDisposable
{
    // Beyond what compiling an activity's first run takes: help from another thread would make the run another one.
    private static readonly TimeSpan GatherPatience = TimeSpan.FromSeconds(5);

    private readonly DurableTestHostOptions _options;
    private readonly VirtualClock _clock;
    private readonly string _folder;
    private readonly Action _onCrash;
    private FaultyActivities? _activities;
    private TimerTriggers? _timers;
    private IHost? _host;

    /// <param name="options">What runs.</param>
    /// <param name="clock">The clock, which outlives the process.</param>
    /// <param name="chance">Decides what runs next.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="onCrash">Called when it crashes.</param>
    public TestProcess(DurableTestHostOptions options, VirtualClock clock, Random chance, string folder, Action onCrash)
    {
        _options = options;
        _clock = clock;
        _folder = folder;
        _onCrash = onCrash;
        Pump = new Pump(chance, clock, options.OutsideTime);
        Gate = new CrashGate(OnCrash);
    }

    /// <summary>Runs all of it.</summary>
    public Pump Pump { get; }

    /// <summary>Its way to disk.</summary>
    public CrashGate Gate { get; }

    /// <summary>Its web server.</summary>
    public MemoryServer Server { get; } = new();

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => _host?.Services ?? throw new InvalidOperationException("The test host has not started.");

    /// <summary>The task hub.</summary>
    public TaskHub Hub => Services.GetRequiredService<EmbeddedRuntime>().Hub;

    /// <summary>Builds the app and starts it.</summary>
    public Task StartAsync(FaultPlan faults) => Pump.RunAsync(new WaitForTask<bool>(
        async () =>
        {
            _host = Build(faults);
            await _host.StartAsync();
            var runtime = Services.GetRequiredService<EmbeddedRuntime>();
            var timers = _timers = Services.GetRequiredService<TimerTriggers>();
            var queues = Services.GetRequiredService<QueueTriggers>();
            Pump.MayWaitOutside = () => timers.Running + queues.Running + runtime.RunningActivities > (_activities?.Hanging ?? 0);
            return true;
        },
        _clock.Elapsed + _options.LongestWait,
        "the app's start",
        mayWaitOutside: true,
        isInVain: static () => false));

    /// <summary>
    /// Tells of a wait that begins now whether it has nothing to hope for: a timer function always runs once more, but where nothing
    /// else is left that moves the clock, two runs of each have shown that they do not bring what is waited for.
    /// </summary>
    public Func<bool> NewPatience()
    {
        var before = _timers?.Rounds;
        return () => _clock.Armed <= 1 && _timers?.Rounds - before >= 2;
    }

    /// <summary>Ends the process as a crash does, where it has not ended, and lets go of its files.</summary>
    public async ValueTask DisposeAsync()
    {
        Gate.Shut();
        Pump.Dispose();
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }

    private void OnCrash(HostCrashedException crash)
    {
        _onCrash();
        Pump.Stop(crash);
    }

    private IHost Build(FaultPlan faults)
    {
        if (_options.App is { } app)
        {
            return AppProgram.Build(app, setup => Adapt(setup, faults) with { Replacements = _options.FunctionTypes });
        }

        return _options.FunctionTypes.Count > 0
            ? EmbeddedStartup.Use(FunctionsApplication.CreateBuilder([]), Adapt(new HostSetup { FunctionTypes = _options.FunctionTypes }, faults)).Build()
            : throw new ArgumentException("The test host has nothing to run: give it an App or FunctionTypes.");
    }

    private HostSetup Adapt(HostSetup setup, FaultPlan faults) => setup with
    {
        Arguments = ["--port", "0", "--data", _folder, .. _options.WarmOrchestrators is { } warm ? (string[])["--cache", $"{warm}"] : []],
        ContentRoot = _options.ContentRoot,
        Time = _clock,
        ServesAccounts = false,
        Settings = _options.Settings,
        Output = TextWriter.Null,
        Databases = new DatabaseEnvironment
        {
            Scheduler = Pump,
            Gate = Gate,
            // The machine does not crash, only what runs on it.
            IsDurable = false,
            GatherPatience = GatherPatience,
        },
        ReplaceServices = services => Replace(services, faults),
    };

    private void Replace(IServiceCollection services, FaultPlan faults)
    {
        services.RemoveAll<ILoggerProvider>();
        if (_options.Log is { } log)
        {
            services.AddSingleton<ILoggerProvider>(new LineLogger(log));
        }

        services.RemoveAll<TimeProvider>();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<IServer>(Server);
        services.AddSingleton<IFunctionRegistry>(provider =>
            _activities = new FaultyActivities(provider.GetRequiredService<FunctionCatalog>(), faults, _clock, Gate.Crash));
        _options.ConfigureServices?.Invoke(services);
    }
}
