using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Durable timers.</summary>
public sealed class TimerTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CreateTimer_YearsAhead_FiresWhenDueAndNotBefore(int warm)
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Sleep", static async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1000), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });

        var id = await hub.StartAsync("Sleep");
        await HubFixture.UntilAsync(() => clock.Armed == 1, "its timer is armed");
        clock.Advance(TimeSpan.FromDays(999));
        await HubFixture.UntilAsync(() => clock.Armed == 1, "its timer is armed for the rest");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.GetAsync(id)).RuntimeStatus);
        clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(ManualClock.Start.AddDays(1000).UtcDateTime, (await hub.EndAsync(id)).ReadOutputAs<DateTime>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CreateTimer_Cancelled_DoesNotKeepTheInstanceAlive(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock());
        _ = hub.Orchestrator("Race", static async context =>
        {
            using var lost = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(30), lost.Token);
            await context.WaitForExternalEvent<object?>("E");
            // Not CancelAsync: it would go on outside of the turn.
            lost.Cancel();
            return timer.IsCanceled;
        });

        var id = await hub.StartAsync("Race");
        await hub.Client.RaiseEventAsync(id, "E");

        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CreateTimer_CancelledByMany_LeavesNothingInMemory(int warm)
    {
        const int Many = 300;
        await using var hub = new HubFixture(warm, new ManualClock());
        _ = hub.Orchestrator("Race", static context => context.WaitForExternalEvent<int>("E", TimeSpan.FromDays(1)));

        for (var i = 0; i < Many; i++)
        {
            var id = await hub.StartAsync("Race");
            await hub.Client.RaiseEventAsync(id, "E", i);
            _ = await hub.EndAsync(id);
        }

        Assert.InRange(hub.Hub.Timers.Held, 0, Many / 3);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CreateTimer_TokenAlreadyCancelled_IsCancelledAndLeavesNoTimer(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock());
        _ = hub.Orchestrator("Race", static async context =>
        {
            var timer = context.CreateTimer(TimeSpan.FromDays(30), new CancellationToken(canceled: true));
            var answer = await context.WaitForExternalEvent<string>("E");
            return $"{answer} {timer.IsCanceled}";
        });

        var id = await hub.StartAsync("Race");
        await hub.Client.RaiseEventAsync(id, "E", "x");

        Assert.Equal("x True", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CreateTimer_ManyDueAtOnce_FireInTheOrderTheyWereDue(int warm)
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(warm, clock);
        _ = hub.Orchestrator("Race", static async context =>
        {
            var order = new List<int>();
            async Task Sleep(int minutes)
            {
                await context.CreateTimer(TimeSpan.FromMinutes(minutes), CancellationToken.None);
                order.Add(minutes);
            }

            await Task.WhenAll(Sleep(30), Sleep(10), Sleep(20), Sleep(10));
            return order;
        });

        var id = await hub.StartAsync("Race");
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal([10, 10, 20, 30], (await hub.EndAsync(id)).ReadOutputAs<List<int>>()!);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CreateTimer_InThePast_FiresAtOnce(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock());
        _ = hub.Orchestrator("Past", static async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddHours(-1), CancellationToken.None);
            return true;
        });

        Assert.True((await hub.RunAsync("Past")).ReadOutputAs<bool>());
    }
}
