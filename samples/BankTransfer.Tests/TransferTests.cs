using System.Net.Http.Json;
using EmbeddedHost.Testing;
using Microsoft.DurableTask.Client;

namespace BankTransfer.Tests;

/// <summary>The app as its Program builds it, on virtual time, and through a crash at each of its commits.</summary>
public sealed class TransferTests
{
    private static readonly DurableTestHostOptions Options = new() { App = typeof(Transfers).Assembly };

    [Theory]
    [InlineData(30, "Moved: 70 + 130")]
    [InlineData(101, "Not enough money: 100 + 100")]
    public async Task Move_MoneyThatIsThereOrNot_MovesAllOrNothing(long cents, string expected)
    {
        await using var host = await DurableTestHost.StartAsync(Options);

        Assert.Equal(expected, await MoveAsync(host, cents));
    }

    [Fact]
    public async Task Move_CrashedAtEveryCommit_MovesTheMoneyOnce()
    {
        var crashes = await CrashPoints.ExploreAsync(
            Options,
            static host => MoveAsync(host, 30),
            static (crash, expected, actual) => Assert.True(expected == actual, $"Crash {crash}: expected {expected}, found {actual}."));

        Assert.True(crashes > 0);
    }

    // As a client does that repeats what it got no answer to.
    private static async Task<string> MoveAsync(DurableTestHost host, long cents)
    {
        await PutAsync(host, "/api/accounts/ada/100");
        await PutAsync(host, "/api/accounts/bob/100");
        await PutAsync(host, "/api/transfers/rent", new Transfer("ada", "bob", cents));
        var end = await host.PersistAsync(() => host.WaitForCompletionAsync("rent"));
        return $"{end.ReadOutputAs<string>()}: {await ReadAsync(host, "ada")} + {await ReadAsync(host, "bob")}";
    }

    private static Task PutAsync(DurableTestHost host, string path, object? body = null) => host.PersistAsync(async () =>
    {
        using var answer = await host.HttpClient.PutAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
    });

    private static Task<long> ReadAsync(DurableTestHost host, string owner) =>
        host.PersistAsync(() => host.HttpClient.GetFromJsonAsync<long>($"/api/accounts/{owner}"));
}
