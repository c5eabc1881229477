using System.Collections.Concurrent;
using EmbeddedHost.Testing;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace Sagas.Tests.Runs;

/// <summary>What every attempt at an activity has around it.</summary>
public sealed class AttemptTests
{
    private static readonly RetrySettings Once = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    private static readonly Route Route = new("r1", new SagaSettings(
        CompensationPolicy.Continue, TimeSpan.FromHours(1), ExhaustedPolicy.Compensate, TimeSpan.FromHours(1), Once, Once, Overrides: null)) { IsPaid = true };

    [Theory]
    [InlineData("deaf", "Saga__AttemptTimeout")]
    [InlineData("patient", "Saga__Steps__BookLeg__AttemptTimeout")]
    public async Task Attempt_TakesTooLong_IsGivenUpAndItsTokenEnds(string leg, string setting)
    {
        await using var host = await StartAsync((setting, "00:00:05"));

        var story = await RunAsync(host, Route with { Legs = [leg] });

        Assert.Contains("BookLeg of route.r1 took longer than the 00:00:05", story.Steps[0].Error, StringComparison.Ordinal);
        // The attempt that was given up, and what undoes the step, go their own ways from there.
        var done = host.Services.GetRequiredService<RouteLog>().Done.Order(StringComparer.Ordinal);
        Assert.Equal(leg == "patient" ? ["-patient", "cancelled patient"] : ["-deaf"], done);
    }

    [Fact]
    public async Task Observer_OfEachAttempt_IsToldBeforeAndAfter()
    {
        var told = new Told();
        await using var host = await StartAsync(services => services.AddSingleton<IAttemptObserver>(told));

        _ = await RunAsync(host, Route with { Legs = ["a"] });

        Assert.Equal(["before BookLeg route.r1", "after BookLeg route.r1"], told.Lines.Where(static line => line.Contains("BookLeg", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Observer_FailsAnAttemptAfterItHasActed_IsUndone()
    {
        await using var host = await StartAsync(static services => services.AddSingleton<IAttemptObserver>(new Failing("BookLeg")));

        var story = await RunAsync(host, Route with { Legs = ["a"] });

        Assert.Equal("+a -a", string.Join(' ', host.Services.GetRequiredService<RouteLog>().Done));
        Assert.Equal("ErrBookLeg", story.Steps[0].Error);
    }

    private static Task<DurableTestHost> StartAsync(params (string Name, string Value)[] settings) => DurableTestHost.StartAsync(new DurableTestHostOptions
    {
        App = typeof(RouteSaga).Assembly,
        Settings = settings.ToDictionary(static setting => setting.Name, static setting => setting.Value, StringComparer.Ordinal),
    });

    private static Task<DurableTestHost> StartAsync(Action<IServiceCollection> configure) => DurableTestHost.StartAsync(new DurableTestHostOptions
    {
        App = typeof(RouteSaga).Assembly,
        ConfigureServices = configure,
    });

    private static async Task<SagaReport> RunAsync(DurableTestHost host, Route route)
    {
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(RouteSaga), route, new StartOrchestrationOptions(RouteSaga.KeyOf(route)));
        _ = await host.WaitForCompletionAsync(RouteSaga.KeyOf(route));
        return host.Services.GetRequiredService<RouteLog>().Report!;
    }

    private sealed class Told : IAttemptObserver
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public void Before(string activity, string key) => Lines.Enqueue($"before {activity} {key}");

        public void After(string activity, string key) => Lines.Enqueue($"after {activity} {key}");
    }

    private sealed class Failing(string step) : IAttemptObserver
    {
        public void Before(string activity, string key)
        {
        }

        public void After(string activity, string key)
        {
            if (activity == step)
            {
                throw new NotRetriableException($"Err{activity}");
            }
        }
    }
}
