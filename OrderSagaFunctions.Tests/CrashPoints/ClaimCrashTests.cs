using System.Text.Json;
using EmbeddedHost.Testing;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>An order whose client does not repeat what it got no answer to, crashed at every commit.</summary>
public sealed class ClaimCrashTests
{
    private const string Nothing = "audited 0, counted 0, listed 0, found False";
    private const string One = "audited 1, counted 1, listed 1, found True";
    private static readonly Uri Orders = new("/api/orders", UriKind.Relative);

    [Fact]
    public async Task Crash_AtAnyCommitOfASubmissionThatIsNotRepeated_LeavesTheWholeOrderOrNone()
    {
        var ends = new HashSet<string>(StringComparer.Ordinal);

        _ = await EmbeddedHost.Testing.CrashPoints.ExploreAsync(
            OrderRun.App with { Settings = new Dictionary<string, string>(OrderRun.App.Settings, StringComparer.Ordinal) { [OrderRun.ClaimsTimer] = "false" } },
            static async host =>
            {
                await SubmitOnceAsync(host);
                // While the saga runs the answers come one after the other: what they count is the same all the same.
                var seen = await host.PersistAsync(() => OrdersAsync(host));
                await host.PersistAsync(() => host.AdvanceAsync(TimeSpan.FromMinutes(1)));
                await host.PersistAsync(() => host.RunUntilAsync(async () => (await GetAsync(host, "/api/audit")).GetProperty("running").GetInt32() == 0, "the end of what runs"));
                return (Seen: seen, End: await host.PersistAsync(() => OrdersAsync(host)));
            },
            (point, expected, actual) =>
            {
                Assert.True(actual.Seen is Nothing or One, $"Crash {point}: {actual.Seen}");
                Assert.True(actual.End == actual.Seen, $"Crash {point}: {actual.Seen}, then {actual.End}");
                Assert.Equal(One, expected.End);
                _ = ends.Add(actual.End);
            });

        Assert.Equal([Nothing, One], ends.Order(StringComparer.Ordinal));
    }

    private static async Task SubmitOnceAsync(DurableTestHost host)
    {
        try
        {
            using var content = new StringContent(EndToEnd.Orders.Plain("once"));
            using var answer = await host.HttpClient.PostAsync(Orders, content);
        }
        catch (Exception) when (host.HasCrashed)
        {
            await host.RestartAsync();
        }
    }

    private static async Task<string> OrdersAsync(DurableTestHost host)
    {
        using var order = await host.HttpClient.GetAsync(new Uri("/api/orders/once", UriKind.Relative));
        return $"audited {(await GetAsync(host, "/api/audit")).GetProperty("orders").GetInt32()}, "
            + $"counted {(await GetAsync(host, "/api/orders/counts")).GetProperty("orders").GetInt32()}, "
            + $"listed {(await GetAsync(host, "/api/orders")).GetProperty("orders").GetArrayLength()}, found {order.IsSuccessStatusCode}";
    }

    private static async Task<JsonElement> GetAsync(DurableTestHost host, string path) =>
        JsonDocument.Parse(await host.HttpClient.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;
}
