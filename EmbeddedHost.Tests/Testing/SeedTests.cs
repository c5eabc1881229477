using EmbeddedHost.Testing;

namespace EmbeddedHost.Tests.Testing;

public sealed class SeedTests
{
    private static readonly Fault Chance = new("*", FaultKind.ActThenFail) { Probability = 0.2 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Seed_SameTwice_GivesTheSameHistoriesAndCommits(int seed) =>
        Assert.Equal(await RunAsync(seed), await RunAsync(seed));

    [Fact]
    public async Task Seed_Others_GiveOtherRuns()
    {
        var runs = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 10; seed++)
        {
            _ = runs.Add(await RunAsync(seed));
        }

        Assert.True(runs.Count > 5, $"{runs.Count} different runs of 10");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Seed_SameWhileAnotherThreadInterferes_GivesTheSameHistoriesAndCommits(int seed) =>
        Assert.Equal(await RunAsync(seed), await RunAsync(seed, interfere: true));

    /// <summary>Several orders at once: what each did when, and which commits there were.</summary>
    private static async Task<string> RunAsync(int seed, bool interfere = false)
    {
        await using var host = await Shop.OpenAsync(seed, Chance);
        string[] orders = ["o-1", "o-2", "o-3"];
        await host.RunAsync(() =>
        {
            if (interfere)
            {
                AddFromAnotherThread(100);
            }

            return Task.WhenAll(orders.Select(host.BuyAsync));
        });
        var report = new List<string>();
        foreach (var order in orders)
        {
            _ = await host.WaitForCompletionAsync(order);
            report.Add((await host.HistoryAsync(order)).ToString());
        }

        return string.Join(Environment.NewLine, [.. report, .. host.Commits.Select(static commit => commit.ToString())]);
    }

    // As a library does that awaits work of a thread of its own, in its own good time.
    private static void AddFromAnotherThread(int times)
    {
        var app = SynchronizationContext.Current!;
        var other = new Thread(() =>
        {
            for (var i = 0; i < times; i++)
            {
                app.Post(static _ => { }, state: null);
            }
        });
        other.Start();
        other.Join();
    }
}
