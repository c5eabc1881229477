using EmbeddedHost.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client.Entities;

namespace EmbeddedHost.Tests.Apps;

/// <summary>Transfers between accounts that are locked meanwhile.</summary>
public sealed class BankTransfersTests
{
    private static readonly string[] Owners = ["ann", "ben"];

    private static readonly BankTransfers.Order[] Orders =
    [
        new("ann", "ben", 30), new("ben", "ann", 50), new("ann", "ben", 30), new("ann", "ben", 1000),
    ];

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Transfers_CrashedAtEveryCommit_MoveMoneyOnceAndLoseNone(int? warm)
    {
        var options = new DurableTestHostOptions { FunctionTypes = [typeof(BankTransfers)], WarmOrchestrators = warm };

        var crashes = await CrashPoints.ExploreAsync(
            options,
            RunAsync,
            static (crash, expected, actual) => Assert.True(expected == actual, $"Crash {crash}: expected {expected}, found {actual}."));

        Assert.True(crashes > 40, $"only {crashes} crashes");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Transfers_ManyAtOnce_LeaveTheSumAtAnyTime(int seed)
    {
        await using var host = await DurableTestHost.StartAsync(new DurableTestHostOptions { FunctionTypes = [typeof(BankTransfers)], Seed = seed });
        foreach (var owner in Owners)
        {
            await StartAsync(host, $"open-{owner}", nameof(BankTransfers.Open), owner);
            _ = await host.WaitForCompletionAsync($"open-{owner}");
        }

        var totals = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            await StartAsync(host, $"transfer-{i}", nameof(BankTransfers.Transfer), Orders[i % Orders.Length] with { Amount = 10 * i });
            await StartAsync(host, $"total-{i}", nameof(BankTransfers.Total), Owners);
            totals.Add($"total-{i}");
        }

        foreach (var total in totals)
        {
            Assert.Equal(200, (await host.WaitForCompletionAsync(total)).ReadOutputAs<int>());
        }
    }

    private static async Task<string> RunAsync(DurableTestHost host)
    {
        foreach (var owner in Owners)
        {
            await StartAsync(host, $"open-{owner}", nameof(BankTransfers.Open), owner);
            _ = await host.PersistAsync(() => host.WaitForCompletionAsync($"open-{owner}"));
        }

        for (var i = 0; i < Orders.Length; i++)
        {
            await StartAsync(host, $"transfer-{i}", nameof(BankTransfers.Transfer), Orders[i]);
        }

        await StartAsync(host, "total", nameof(BankTransfers.Total), Owners);
        var said = new List<string>();
        for (var i = 0; i < Orders.Length; i++)
        {
            said.Add($"{(await host.PersistAsync(() => host.WaitForCompletionAsync($"transfer-{i}"))).ReadOutputAs<bool>()}");
        }

        said.Add($"{(await host.PersistAsync(() => host.WaitForCompletionAsync("total"))).ReadOutputAs<int>()}");
        await host.PersistAsync(host.RunUntilIdleAsync);
        await foreach (var account in host.Client.Entities.GetAllEntitiesAsync<BankTransfers.AccountState>(new EntityQuery { IncludeTransient = true }))
        {
            said.Add($"{account.Id} {account.State.Balance} {account.LockedBy ?? "free"} {account.BacklogQueueSize}");
        }

        foreach (var id in Enumerable.Range(0, Orders.Length).Select(static i => $"transfer-{i}"))
        {
            host.Replay(id);
        }

        return string.Join(", ", said);
    }

    private static Task StartAsync(DurableTestHost host, string id, string orchestrator, object input) => host.PersistAsync(async () =>
    {
        if (await host.Client.GetInstanceAsync(id) is null)
        {
            _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id));
        }
    });
}
