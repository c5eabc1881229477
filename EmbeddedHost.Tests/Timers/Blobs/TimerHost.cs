using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http.AspNetCore;
using EmbeddedHost.Timers;
using EmbeddedHost.Timers.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Timers.Blobs;

/// <summary>What a host of a <see cref="TimerAccount"/> has.</summary>
internal sealed class TimerHostOptions
{
    /// <summary>How long leases last.</summary>
    public required BlobLeaseTimes Times { get; set; }

    /// <summary>Whether leases go by the host's own clock, which a test moves.</summary>
    public bool LeasesByItsClock { get; set; }

    /// <summary>The time since the clock's start when the host starts.</summary>
    public TimeSpan StartsAfter { get; set; }

    /// <summary>Lets go a run that does not end by itself.</summary>
    public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its line to the account.</summary>
    public AccountLine Line { get; } = new();
}

/// <summary>One of the hosts that share an account.</summary>
internal sealed class TimerHost : IAsyncDisposable
{
    // More than are ever needed, and less than a minute of the clock.
    private const int MostAskings = 5;

    private readonly RunningHost _host;
    private readonly TimerHostOptions _options;
    private readonly LineLog _log;

    private TimerHost(RunningHost host, TimerHostOptions options, ManualClock clock, LineLog log)
    {
        _host = host;
        _options = options;
        _log = log;
        Clock = clock;
    }

    public ManualClock Clock { get; }

    public AccountLine Line => _options.Line;

    private int Opened => Logged("has the schedule") + Logged("was due at");

    private int Asked => Opened + Logged("Another host runs the timer function");

    public IReadOnlyList<string> Log => [.. _log.Lines];

    public static async Task<TimerHost> StartAsync(TimerAccount account, string name, Type function, TimerHostOptions options)
    {
        var log = new LineLog();
        var clock = new ManualClock();
        clock.Advance(options.StartsAfter);
        var host = await RunningHost.StartAsync([function], clock: clock, configure: builder =>
        {
            _ = builder.Logging.SetMinimumLevel(LogLevel.Debug);
            _ = builder.Services
                .AddSingleton<ILoggerProvider>(log)
                .AddSingleton(new Notes(name, account.Ticks, options.End))
                .AddSingleton<ITimerStore>(provider => new BlobTimerStore(
                    account.Client(options.Line),
                    account.HostId,
                    options.LeasesByItsClock ? clock : TimeProvider.System,
                    provider.GetRequiredService<ILoggerFactory>(),
                    options.Times));
        });
        return new TimerHost(host, options, clock, log);
    }

    /// <summary>A stop as on SIGTERM.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>Lets the run end that waits for that.</summary>
    public void EndRun() => _options.End.TrySetResult();

    /// <summary>Runs a function by hand.</summary>
    public async Task RunByHandAsync(string function)
    {
        using var body = new StringContent("""{"input":""}""");
        using var answer = await _host.Http.PostAsync(new Uri($"/admin/functions/{function}", UriKind.Relative), body);
        _ = answer.EnsureSuccessStatusCode();
    }

    /// <summary>Moves the clock until the host has asked for the lease that it does not have.</summary>
    public Task AskAsync()
    {
        var asked = Asked;
        return MoveAsync(() => Asked > asked, "the host has asked for its lease");
    }

    /// <summary>Moves the clock until the host has the lease, for the n-th time, and goes on by the schedule.</summary>
    public Task TakeOverAsync(int time) => MoveAsync(() => Opened >= time, "the host has the lease");

    /// <summary>Waits until the host has the lease, for the n-th time, and goes on by the schedule: its clock stands still.</summary>
    public Task OpensAsync(int time) => HubFixture.UntilAsync(() => Opened >= time, "the host has the lease");

    /// <summary>Waits until the host has logged so many lines with a text.</summary>
    public Task LogsAsync(string text, int times = 1) => HubFixture.UntilAsync(() => Logged(text) >= times, $"the log says '{text}'");

    /// <summary>How many lines with a text the host has logged.</summary>
    public int Logged(string text) => Log.Count(line => line.Contains(text, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        EndRun();
        await _host.DisposeAsync();
    }

    private async Task MoveAsync(Func<bool> condition, string what)
    {
        for (var asking = 0; asking < MostAskings && !condition(); asking++)
        {
            await HubFixture.UntilAsync(() => IsWaiting() || condition(), $"{what}, or waits to ask");
            if (!condition())
            {
                Clock.Advance(TimerLeases.AskAgainAfter);
                await HubFixture.UntilAsync(() => IsWaiting() || condition(), what);
            }
        }

        Assert.True(condition(), what);
    }

    private bool IsWaiting() => Clock.IsArmedFor(TimerLeases.AskAgainAfter);

    /// <summary>What a host's functions note, to the minute, and under which name.</summary>
    public sealed record Notes(string Host, Ticks Ticks, TaskCompletionSource End)
    {
        public void Add(TimeProvider clock, string? what = null) => Ticks.Add($"{clock.GetUtcNow():HH:mm} {Host}{(what is null ? "" : $" {what}")}");
    }
}

/// <summary>Notes which host runs it, and whether that is too late.</summary>
internal static class SharedFunctions
{
    public sealed class Shared(TimerHost.Notes notes, TimeProvider clock)
    {
        [Function(nameof(Shared))]
        public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => notes.Add(clock, timer.IsPastDue ? "late" : null);
    }

    /// <summary>Notes when it is said to have run last.</summary>
    public sealed class Told(TimerHost.Notes notes, TimeProvider clock)
    {
        [Function(nameof(Told))]
        public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer) =>
            notes.Add(clock, $"{timer.ScheduleStatus!.Last.ToUniversalTime():yyyy HH:mm:ss}");
    }

    /// <summary>Runs often, and so keeps no status.</summary>
    public sealed class Often(TimerHost.Notes notes, TimeProvider clock)
    {
        [Function(nameof(Often))]
        public void Run([TimerTrigger("*/20 * * * * *")] TimerInfo timer) => notes.Add(clock);
    }

    /// <summary>Ends when it is asked to, in vain.</summary>
    public sealed class Obedient(TimerHost.Notes notes, TimeProvider clock)
    {
        [Function(nameof(Obedient))]
        public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            notes.Add(clock, "begins");
            await notes.End.Task.WaitAsync(cancellationToken);
            notes.Add(clock, "ends");
        }
    }

    /// <summary>Goes on to its end, whatever it is asked to.</summary>
    public sealed class Deaf(TimerHost.Notes notes, TimeProvider clock)
    {
        [Function(nameof(Deaf))]
        public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer)
        {
            notes.Add(clock, "begins");
            await notes.End.Task;
            notes.Add(clock, "ends");
        }
    }
}
