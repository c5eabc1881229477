using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Events from one instance to another.</summary>
public sealed class SendEventTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task SendEvent_TargetWaits_GetsThePayload(int warm)
    {
        await using var hub = new HubFixture(warm);
        PingPong(hub);

        _ = await hub.StartAsync("Pong", instanceId: "pong");
        var ping = await hub.RunAsync("Ping", instanceId: "ping");

        Assert.Equal("pong to ping", ping.ReadOutputAs<string>());
        await NoMailAsync(hub);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task SendEvent_ManyInOneTurnAndOverTurns_ArriveInOrder(int warm)
    {
        const int Turns = 10;
        const int EachTurn = 20;
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Echo", static n => n)
            .Orchestrator("Collect", static async context =>
            {
                var seen = new List<int>();
                while (seen.Count < Turns * EachTurn)
                {
                    seen.Add(await context.WaitForExternalEvent<int>("E"));
                }

                return seen;
            })
            .Orchestrator("Send", static async context =>
            {
                for (var i = 0; i < Turns * EachTurn; i++)
                {
                    context.SendEvent("target", "E", i);
                    if (i % EachTurn == EachTurn - 1)
                    {
                        _ = await context.CallActivityAsync<int>("Echo", i);
                    }
                }

                return 1;
            });
        _ = await hub.StartAsync("Collect", instanceId: "target");

        _ = await hub.RunAsync("Send");

        Assert.Equal(Enumerable.Range(0, Turns * EachTurn), (await hub.EndAsync("target")).ReadOutputAs<List<int>>()!);
        await NoMailAsync(hub);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task SendEvent_NobodyThere_IsDropped(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Shout", static context =>
        {
            context.SendEvent("nobody", "E", 42);
            return Task.FromResult(1);
        });

        Assert.Equal(1, (await hub.RunAsync("Shout")).ReadOutputAs<int>());
        await NoMailAsync(hub);
    }

    [Fact]
    public async Task SendEvent_CrashBeforeDelivery_ArrivesOnceAfterTheRestart()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Count", static async context =>
            {
                var sum = await context.WaitForExternalEvent<int>("E");
                await context.WaitForExternalEvent<object?>("Stop");
                var more = context.WaitForExternalEvent<int>("E");
                return more.IsCompleted ? sum + await more : sum;
            })
            .Orchestrator("Send", static context =>
            {
                context.SendEvent("count", "E", 42);
                return Task.FromResult(1);
            });
        _ = await hub.StartAsync("Count", instanceId: "count");
        await hub.Client.SuspendInstanceAsync("count");
        _ = await hub.RunAsync("Send");
        await NoMailAsync(hub);

        // As if the crash had come after the sender's commit and before the target's.
        var (key, sequence) = (hub.KeyOf("count"), hub.Scalar<long>("SELECT max(seq) FROM history"));
        var mail = hub.Hub.Reader.History(key)[^1].Events[0];
        var blob = Convert.ToHexString(HistoryCodec.EncodeEvent(mail));
        await hub.RewriteAsync($"DELETE FROM history WHERE seq = {sequence}; INSERT INTO mail VALUES (1, 'count', 0, x'{blob}')");
        await hub.CrashAndRestartAsync();
        await NoMailAsync(hub);
        await hub.CrashAndRestartAsync();
        await hub.Client.ResumeInstanceAsync("count");
        await hub.Client.RaiseEventAsync("count", "Stop");

        Assert.Equal(42, (await hub.EndAsync("count")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task SendEvent_WhileTheHubStillStarts_ArrivesOnce()
    {
        var clock = new ManualClock();
        var scheduler = new HeldScheduler();
        await using var hub = new HubFixture(clock: clock, scheduler: scheduler);
        _ = hub.Orchestrator("Count", static async context =>
            {
                var sum = 0;
                var stop = context.WaitForExternalEvent<object?>("Stop");
                while (await Task.WhenAny(stop, context.WaitForExternalEvent<int>("E")) is Task<int> { Result: var more })
                {
                    sum += more;
                }

                return sum;
            })
            .Orchestrator("Send", static async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                context.SendEvent("count", "E", 42);
                return 1;
            });
        _ = await hub.StartAsync("Count", instanceId: "count");
        var sender = await hub.StartAsync("Send");
        hub.Hub.Timers.Dispose();
        clock.Advance(TimeSpan.FromHours(2));

        // The sender's turn is over before the start has looked for mail that the dead process left.
        scheduler.Hold(runs: 1);
        await hub.CrashAndRestartAsync();
        scheduler.Release();
        _ = await hub.EndAsync(sender);
        await NoMailAsync(hub);
        await hub.Client.RaiseEventAsync("count", "Stop");

        Assert.Equal(42, (await hub.EndAsync("count")).ReadOutputAs<int>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task SendEvent_TargetEndsMeanwhile_LeavesNoMailBehind(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("First", static context => context.WaitForExternalEvent<int>("E"))
            .Orchestrator("Burst", static context =>
            {
                for (var i = 0; i < 50; i++)
                {
                    context.SendEvent("target", "E", i);
                }

                return Task.FromResult(1);
            });
        _ = await hub.StartAsync("First", instanceId: "target");

        _ = await hub.RunAsync("Burst");

        _ = await hub.EndAsync("target");
        await NoMailAsync(hub);
    }

    [Fact]
    public async Task SendEvent_TargetEndsWhileItIsLookedUp_LeavesNoMailBehind()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("First", static context => context.WaitForExternalEvent<int>("E"));
        _ = await hub.StartAsync("First", instanceId: "target");
        var stale = hub.Hub.Reader.Find("target", payloads: true)!;
        await hub.Client.RaiseEventAsync("target", "E", 1);
        _ = await hub.EndAsync("target");

        // Another thread read the row before the end, and brings the instance back for a message.
        var mail = await PostAsync(hub);
        var late = new OrchestrationInstance(hub.Hub, stale, isNew: false);
        _ = late.TryPost(mail, out _);
        late.Drive();

        await NoMailAsync(hub);
    }

    [Fact]
    public async Task SendEvent_TakenByAStartThatIsRefused_ReachesTheRunningInstance()
    {
        await using var hub = new HubFixture(warm: 0);
        _ = hub.Orchestrator("First", static context => context.WaitForExternalEvent<int>("E"));
        _ = await hub.StartAsync("First", instanceId: "target");

        var mail = await PostAsync(hub);
        var second = hub.Hub.Reader.Find("target", payloads: true)! with { Key = hub.Hub.NextKey() };
        var refused = new OrchestrationInstance(hub.Hub, second, isNew: true);
        _ = refused.TryPost(new Message(Event: null), out _);
        _ = refused.TryPost(mail, out _);
        refused.Drive();

        Assert.Equal(42, (await hub.EndAsync("target")).ReadOutputAs<int>());
        await NoMailAsync(hub);
    }

    /// <summary>An event for 'target' as it is under way after its sender's commit.</summary>
    private static async Task<Message> PostAsync(HubFixture hub)
    {
        var e = new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = "E", Payload = hub.Functions.Serialize(42) };
        var sequence = hub.Hub.NextMailSequence();
        await hub.RewriteAsync($"INSERT INTO mail VALUES ({sequence}, 'target', 0, x'{Convert.ToHexString(HistoryCodec.EncodeEvent(e))}')");
        return new Message(e, MailSequence: sequence);
    }

    private static Task NoMailAsync(HubFixture hub) =>
        HubFixture.UntilAsync(() => hub.Scalar<long>("SELECT count(*) FROM mail") == 0, "all mail is taken or dropped");

    private static void PingPong(HubFixture hub) => hub
        .Orchestrator("Pong", static async context =>
        {
            var from = await context.WaitForExternalEvent<string>("Ping");
            context.SendEvent(from, "Pong", $"pong to {from}");
            return 1;
        })
        .Orchestrator("Ping", static async context =>
        {
            context.SendEvent("pong", "Ping", context.InstanceId);
            return await context.WaitForExternalEvent<string>("Pong");
        });
}
