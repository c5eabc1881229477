using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Events from outside: who gets them, and in what order.</summary>
public sealed class ExternalEventTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task WaitForExternalEvent_InfiniteTimeout_IsCancelledAtOnce(int warm)
    {
        await using var hub = new HubFixture(warm, new ManualClock());
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E", Timeout.InfiniteTimeSpan));

        var ended = await hub.RunAsync("Wait");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(typeof(TaskCanceledException).FullName, ended.FailureDetails!.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task AnEvent_UnknownInstance_Throws()
    {
        await using var hub = new HubFixture();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("nobody", "E"));
    }

    [Fact]
    public async Task AnEvent_ForARunThatMadeWayForOneWithAnEarlierKey_IsDroppedAtOnce()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("Wait", static context => context.WaitForExternalEvent<int>("E"));
        var id = await hub.StartAsync("Wait");

        // Of two starts under one id, that which had its key first may come second, when the other has ended.
        var ended = hub.Hub.Reader.Find(id, payloads: false)! with { Key = hub.Hub.NextKey() };
        await hub.Hub.SendAsync(ended, new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = "E", Payload = hub.Functions.Serialize(1) })
            .WaitAsync(TimeSpan.FromSeconds(30));
        await hub.Client.RaiseEventAsync(id, "E", 2);

        Assert.Equal(2, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }
}
