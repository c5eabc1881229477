using Azure;
using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace EmbeddedHost.Tests.Queues;

/// <summary>Crashes at every commit: a message leads to its effect, is deleted once, and goes to the poison queue after five attempts.</summary>
public sealed class QueueCrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task ExploreAsync_EveryCommitOfAMessagesWay_LeavesItsEffectAndNoMessage()
    {
        using var app = new TriedApp();
        var points = await CrashPoints.ExploreAsync(
            app.Options,
            static async host =>
            {
                await host.PersistAsync(() => TriedApp.SendAsync(host, TriedFunctions.Orders, "o-1"));
                await host.PersistAsync(() => host.RunUntilAsync(async () => await RowsAsync(host) == "packed shipped" && await MessagesAsync(host) == 0));
                return await RowsAsync(host);
            },
            static (point, expected, actual) => Assert.True(expected == actual, $"Crash {point}: expected {expected}, found {actual}."));

        output.WriteLine($"{points} crash points");
        Assert.True(points >= 14, $"{points} crash points");
    }

    [Fact]
    public async Task ExploreAsync_EveryCommitOfAMessageThatFails_IsPoisonOnceAndTriedFiveTimesAtMost()
    {
        using var app = new TriedApp("""{ "visibilityTimeout": "00:00:30" }""");
        var points = await CrashPoints.ExploreAsync(
            app.Options,
            async host =>
            {
                _ = app.Inbox.Take();
                await host.PersistAsync(() => SendOnceAsync(host, "b-1"));
                await host.PersistAsync(() => host.RunUntilAsync(async () => await TriedApp.CountAsync(host, "bad-poison") == 1));
                Assert.Equal(0, await TriedApp.CountAsync(host, TriedFunctions.Bad));
                return (Poison: await TriedApp.CountAsync(host, "bad-poison"), Attempts: app.Inbox.Take().Count);
            },
            static (point, expected, actual) =>
            {
                Assert.Equal((1, 5), expected);
                Assert.True(actual.Poison == 1 && actual.Attempts is 4 or 5, $"Crash {point}: found {actual}.");
            });

        output.WriteLine($"{points} crash points");
        Assert.True(points >= 22, $"{points} crash points");
    }

    private static async Task SendOnceAsync(DurableTestHost host, string text)
    {
        if (await TriedApp.CountAsync(host, TriedFunctions.Bad) + await TriedApp.CountAsync(host, "bad-poison") == 0)
        {
            await TriedApp.SendAsync(host, TriedFunctions.Bad, text);
        }
    }

    private static async Task<int> MessagesAsync(DurableTestHost host) =>
        await TriedApp.CountAsync(host, TriedFunctions.Orders) + await TriedApp.CountAsync(host, TriedFunctions.Shipped);

    private static Task<string> RowsAsync(DurableTestHost host) => host.RunAsync(async () =>
    {
        var table = host.Services.GetRequiredService<TableServiceClient>().GetTableClient(TriedFunctions.Orders);
        try
        {
            return string.Join(' ', await table.QueryAsync<TableEntity>().Select(static row => row.RowKey).ToListAsync());
        }
        catch (RequestFailedException e) when (e.ErrorCode == "TableNotFound")
        {
            return "";
        }
    });
}
