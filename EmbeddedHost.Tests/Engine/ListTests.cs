using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Listings of instances.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task GetAllInstances_Filters_Combine()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(clock: clock);
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1))
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        for (var day = 0; day < 3; day++)
        {
            _ = await hub.RunAsync("End", instanceId: $"a-{day}");
            _ = await hub.StartAsync("Wait", instanceId: $"b-{day}");
            clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["a-0", "b-0", "a-1", "b-1", "a-2", "b-2"], await IdsAsync(hub, new OrchestrationQuery()));
        Assert.Equal(["b-0", "b-1", "b-2"], await IdsAsync(hub, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Equal(["a-1", "b-1"], await IdsAsync(hub, new OrchestrationQuery(
            CreatedFrom: ManualClock.Start.AddDays(1), CreatedTo: ManualClock.Start.AddDays(1))));
        Assert.Equal(["a-2"], await IdsAsync(hub, new OrchestrationQuery(
            CreatedFrom: ManualClock.Start.AddDays(2), InstanceIdPrefix: "a-", Statuses: [OrchestrationRuntimeStatus.Completed])));
        Assert.Empty(await IdsAsync(hub, new OrchestrationQuery(InstanceIdPrefix: "A-")));
    }

    [Fact]
    public async Task GetAllInstances_PrefixWithWildcardsOrBeyondTheBasicPlane_MatchesLiterally()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1));
        foreach (var id in (string[])["a%1", "ab1", "\U0001F4E6-1", "\U0001F4E6-2"])
        {
            _ = await hub.RunAsync("End", instanceId: id);
        }

        Assert.Equal(["a%1"], await IdsAsync(hub, new OrchestrationQuery(InstanceIdPrefix: "a%")));
        Assert.Equal(["\U0001F4E6-1", "\U0001F4E6-2"], await IdsAsync(hub, new OrchestrationQuery(InstanceIdPrefix: "\U0001F4E6-")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetAllInstances_OfThoseThatHaveNotEnded_FindsThemPageByPage(bool payloads)
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1))
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        for (var i = 0; i < 5; i++)
        {
            _ = await hub.RunAsync("End", instanceId: $"ended-{i}");
            _ = await hub.StartAsync("Wait", i, $"waits-{i}");
        }

        await hub.Client.SuspendInstanceAsync("waits-2");
        await hub.ReachesAsync("waits-2", OrchestrationRuntimeStatus.Suspended);
        await hub.Client.TerminateInstanceAsync("waits-3");
        _ = await hub.EndAsync("waits-3");

        Assert.Equal(
            ["waits-0", "waits-1", "waits-2", "waits-4"],
            await IdsAsync(hub, Query(OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending)));
        Assert.Equal(["waits-2"], await IdsAsync(hub, Query(OrchestrationRuntimeStatus.Suspended)));
        Assert.Empty(await IdsAsync(hub, Query(OrchestrationRuntimeStatus.Pending)));
        Assert.Equal(9, (await IdsAsync(hub, Query(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated))).Count);

        OrchestrationQuery Query(params OrchestrationRuntimeStatus[] statuses) => new(Statuses: statuses, PageSize: 2, FetchInputsAndOutputs: payloads);
    }

    [Fact]
    public async Task GetAllInstances_Continuation_GoesOnWhereThePageEnded()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static context => Task.FromResult(context.GetInput<int>()));
        for (var i = 0; i < 7; i++)
        {
            _ = await hub.RunAsync("End", i, $"i{i}");
        }

        string? token = null;
        var pages = new List<string>();
        do
        {
            var query = new OrchestrationQuery(PageSize: 3, ContinuationToken: token, FetchInputsAndOutputs: true);
            await foreach (var page in hub.Client.GetAllInstancesAsync(query).AsPages())
            {
                pages.Add(string.Join(',', page.Values.Select(static row => row.ReadOutputAs<int>())));
                token = page.ContinuationToken;
                break;
            }
        }
        while (token is not null);

        Assert.Equal(["0,1,2", "3,4,5", "6"], pages);
    }

    [Fact]
    public async Task GetAllInstances_WithoutPayloads_DoesNotReadThem()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator("End", static _ => Task.FromResult(1));
        _ = await hub.RunAsync("End", "input");

        await foreach (var row in hub.Client.GetAllInstancesAsync())
        {
            Assert.Null(row.SerializedInput);
            _ = Assert.Throws<InvalidOperationException>(() => row.ReadOutputAs<int>());
        }
    }

    [Fact]
    public async Task GetAllInstances_ForeignToken_Throws()
    {
        await using var hub = new HubFixture();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => IdsAsync(hub, new OrchestrationQuery(ContinuationToken: "elsewhere")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task GetAllInstances_PageOfNone_ThrowsAndSaysWhatIsExpected(int pageSize)
    {
        await using var hub = new HubFixture();

        var e = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => IdsAsync(hub, new OrchestrationQuery(PageSize: pageSize)));

        Assert.Contains("1 or more instances", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListInstanceIds_TimeOfEndAndStatus_PagesThroughThoseThatEnded()
    {
        var clock = new ManualClock();
        await using var hub = new HubFixture(clock: clock);
        _ = hub.Orchestrator("End", static context => context.GetInput<int>() == 1 ? throw new TimeoutException() : Task.FromResult(1))
            .Orchestrator("Wait", static context => context.WaitForExternalEvent<string>("E"));
        for (var day = 0; day < 4; day++)
        {
            _ = await hub.RunAsync("End", day, $"a-{day}");
            _ = await hub.StartAsync("Wait", instanceId: $"b-{day}");
            clock.Advance(TimeSpan.FromDays(1));
        }

        var first = await hub.Client.ListInstanceIdsAsync(pageSize: 3);
        var second = await hub.Client.ListInstanceIdsAsync(pageSize: 3, lastInstanceKey: first.ContinuationToken);
        var failed = await hub.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Failed]);
        var middle = await hub.Client.ListInstanceIdsAsync(
            completedTimeFrom: ManualClock.Start.AddDays(1), completedTimeTo: ManualClock.Start.AddDays(2));

        Assert.Equal(["a-0", "a-1", "a-2"], first.Values);
        Assert.Equal(["a-3"], second.Values);
        Assert.Null(second.ContinuationToken);
        Assert.Equal(["a-1"], failed.Values);
        Assert.Equal(["a-1", "a-2"], middle.Values);
        Assert.Empty((await hub.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Running])).Values);
    }

    internal static async Task<List<string>> IdsAsync(HubFixture hub, OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var row in hub.Client.GetAllInstancesAsync(query))
        {
            ids.Add(row.InstanceId);
        }

        return ids;
    }
}
