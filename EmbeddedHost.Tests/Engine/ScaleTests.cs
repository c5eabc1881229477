using System.Diagnostics;
using Xunit.Abstractions;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Large payloads and long histories.</summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Run_PayloadOfAMebibyte_ComesThroughWhole(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<string, string>("Echo", static text => text)
            .Orchestrator("Large", static async context =>
            {
                var echo = await context.CallActivityAsync<string>("Echo", context.GetInput<string>());
                return echo + await context.WaitForExternalEvent<string>("E");
            });
        var text = string.Create(1 << 20, 0, static (span, _) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = (char)('a' + (i % 26));
            }
        });

        var id = await hub.StartAsync("Large", text);
        await hub.Client.RaiseEventAsync(id, "E", text);

        Assert.Equal(text + text, (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task FanOut_NoWarmOrchestrators_IsNotReplayedForEachResult()
    {
        const int Width = 2000;
        var replays = 0;
        await using var hub = new HubFixture(warm: 0);
        _ = hub.Activity<int, int>("Echo", static n => n).Orchestrator("Wide", async context =>
        {
            _ = Interlocked.Increment(ref replays);
            return (await Task.WhenAll(Enumerable.Range(0, Width).Select(n => context.CallActivityAsync<int>("Echo", n)))).Sum();
        });

        Assert.Equal(Enumerable.Range(0, Width).Sum(), (await hub.RunAsync("Wide")).ReadOutputAs<int>());
        Assert.True(replays < Width / 4, $"The code ran {replays} times.");
    }

    [Fact]
    public async Task Run_HistoryOfTenThousandEvents_RunsAndReplaysInProportion()
    {
        const int Short = 500;
        const int Long = 10 * Short;
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("One", static _ => 1)
            .Orchestrator("Long", static async context =>
            {
                var sum = 0;
                for (var i = context.GetInput<int>(); i > 0; i--)
                {
                    sum += await context.CallActivityAsync<int>("One", i);
                }

                return sum + await context.WaitForExternalEvent<int>("E");
            });

        _ = await TimeAsync(Short, "first");
        var some = await TimeAsync(Short, "short");
        var many = await TimeAsync(Long, "long");
        output.WriteLine($"{Short} activities: {some.TotalMilliseconds:F0} ms; {Long}: {many.TotalMilliseconds:F0} ms");
        await hub.CrashAndRestartAsync();
        _ = await ReplayAsync("first");
        var someAgain = await ReplayAsync("short");
        var manyAgain = await ReplayAsync("long");
        output.WriteLine($"replay and end: {someAgain.TotalMilliseconds:F0} ms; {manyAgain.TotalMilliseconds:F0} ms");

        // Quadratic would be a hundredfold; the machine's noise is allowed a factor of four.
        Assert.InRange(many, TimeSpan.Zero, (some * 40) + TimeSpan.FromSeconds(2));
        Assert.InRange(manyAgain, TimeSpan.Zero, (someAgain * 40) + TimeSpan.FromSeconds(2));

        async Task<TimeSpan> ReplayAsync(string id)
        {
            var watch = Stopwatch.StartNew();
            await hub.Client.RaiseEventAsync(id, "E", 5);
            Assert.Equal((id == "long" ? Long : Short) + 5, (await hub.EndAsync(id)).ReadOutputAs<int>());
            return watch.Elapsed;
        }

        async Task<TimeSpan> TimeAsync(int activities, string id)
        {
            var watch = Stopwatch.StartNew();
            _ = await hub.StartAsync("Long", activities, id);
            await HubFixture.UntilAsync(() => hub.HistoryRows(id) == activities + 1, $"'{id}' waits");
            return watch.Elapsed;
        }
    }

    [Fact]
    public async Task Run_FanOutOfFiveThousand_Completes()
    {
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("One", static async _ =>
            {
                await Task.Yield();
                return 1;
            })
            .Orchestrator("Wide", static async context =>
                (await Task.WhenAll(Enumerable.Range(0, 5000).Select(n => context.CallActivityAsync<int>("One", n)))).Sum());

        Assert.Equal(5000, (await hub.RunAsync("Wide")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Run_FanOutOfFiveThousandTimers_FireInTheOrderTheyWereDue()
    {
        await using var hub = new HubFixture(clock: new ManualClock(skipsAhead: true));
        _ = hub.Orchestrator("Sleepers", static async context =>
        {
            var order = new List<int>();
            async Task Sleep(int seconds)
            {
                await context.CreateTimer(TimeSpan.FromSeconds(seconds), CancellationToken.None);
                order.Add(seconds);
            }

            await Task.WhenAll(Enumerable.Range(1, 5000).Reverse().Select(Sleep));
            return order;
        });

        Assert.Equal(Enumerable.Range(1, 5000), (await hub.RunAsync("Sleepers")).ReadOutputAs<List<int>>()!);
    }
}
