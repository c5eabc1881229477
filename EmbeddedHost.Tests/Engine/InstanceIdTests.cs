using System.Globalization;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Engine;

/// <summary>One id, one instance at a time.</summary>
public sealed class InstanceIdTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Schedule_IdRuns_IsRefusedAndTheOtherGoesOn(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));

        var id = await hub.StartAsync("Wait", instanceId: "order-1");
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.StartAsync("Wait", instanceId: "order-1"));
        await hub.Client.RaiseEventAsync(id, "E", "fine");

        Assert.Contains("'order-1' exists and has not ended", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("fine", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Schedule_RefusedWhileMessagesArrive_LosesNone(int warm)
    {
        const int Rounds = 40;
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Yield", static async n =>
            {
                await Task.Yield();
                return n;
            })
            .Orchestrator("Busy", static async context =>
            {
                var sum = 0;
                for (var i = 0; i < Rounds; i++)
                {
                    sum += await context.CallActivityAsync<int>("Yield", 1);
                    sum += await context.WaitForExternalEvent<int>("E");
                }

                return sum;
            });
        var id = await hub.StartAsync("Busy", instanceId: "busy");

        var enough = false;
        async Task Resubmit()
        {
            while (!Volatile.Read(ref enough))
            {
                _ = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.StartAsync("Busy", instanceId: id));
            }
        }

        var resubmitting = Task.WhenAll(Task.Run(Resubmit), Task.Run(Resubmit));
        for (var i = 1; i < Rounds; i++)
        {
            await hub.Client.RaiseEventAsync(id, "E", 1);
        }

        Volatile.Write(ref enough, true);
        await resubmitting;
        await hub.Client.RaiseEventAsync(id, "E", 1);

        Assert.Equal(2 * Rounds, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Schedule_ManyAtOnceForOneId_OneIsAcceptedAndRunsOnce()
    {
        await using var hub = new HubFixture();
        var runs = 0;
        _ = hub.Activity<int, int>("Once", _ => Interlocked.Increment(ref runs))
            .Orchestrator("Wait", static async context =>
            {
                await context.CallActivityAsync<int>("Once", 0);
                return await context.WaitForExternalEvent<string>("E");
            });

        var starts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await hub.StartAsync("Wait", instanceId: "one")).Length;
            }
            catch (InvalidOperationException)
            {
                // Who is refused finds the one that has the id.
                Assert.NotNull(await hub.Client.GetInstanceAsync("one"));
                return 0;
            }
        })));
        await hub.Client.RaiseEventAsync("one", "E", "x");

        Assert.Equal("x", (await hub.EndAsync("one")).ReadOutputAs<string>());
        Assert.Equal(1, starts.Count(static length => length > 0));
        Assert.Equal(1, runs);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a%2Fb")]
    [InlineData("a\\b\tc")]
    [InlineData("101 characters ....................................................................................!")]
    public async Task Schedule_AnyOtherId_IsTakenAsItIs(string id)
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("End", new SubOrchestrationOptions { InstanceId = "child of " + id }));

        Assert.Equal(id, (await hub.RunAsync("End", instanceId: id)).InstanceId);
        Assert.Equal(1, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Schedule_EmptyId_MakesOneUp()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1));

        Assert.NotEmpty((await hub.RunAsync("End", instanceId: "")).InstanceId);
    }

    [Fact]
    public async Task Schedule_IdOfAnEntity_Throws()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1));

        _ = await Assert.ThrowsAsync<ArgumentException>(() => hub.StartAsync("End", instanceId: "@a"));
    }

    [Fact]
    public async Task Schedule_IdSleepsOnDisk_IsRefusedBeforeItsCodeRuns()
    {
        var runs = 0;
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", context =>
        {
            _ = Interlocked.Increment(ref runs);
            return context.WaitForExternalEvent<string>("E");
        });
        _ = await hub.StartAsync("Wait", instanceId: "asleep");
        await hub.CrashAndRestartAsync();

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => hub.StartAsync("Wait", instanceId: "asleep"));

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Schedule_NoId_MakesUpDistinctOnes()
    {
        await using var hub = new HubFixture(clock: new ManualClock());
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1));

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(ids.Add(await hub.StartAsync("End")), i.ToString(CultureInfo.InvariantCulture));
        }
    }
}
