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
}
