using System.Text.Json;
using EmbeddedHost.Tests.Storage.Azurite;

namespace Bench.Engines;

/// <summary>A storage emulator of this run, which counts each request to it.</summary>
internal sealed class CountedAzurite
{
    private readonly AzuriteServer _server;

    private CountedAzurite(AzuriteServer server) => _server = server;

    /// <summary>What a host reaches it by.</summary>
    public string Connection => _server.ConnectionString(AzuriteServer.HubAccount);

    /// <exception cref="InvalidOperationException">Node.js or npm are missing, or it did not start.</exception>
    public static async Task<CountedAzurite> StartAsync() =>
        new(await AzuriteServer.StartAsync(new Uri(Path.Combine(AppContext.BaseDirectory, "count-requests.mjs")).AbsoluteUri));

    /// <summary>All requests so far.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public async Task<Requests> CountAsync()
    {
        await _server.Input.WriteLineAsync();
        await _server.Input.FlushAsync();
        var line = await _server.Output.ReadLineAsync() ?? throw new InvalidOperationException("Azurite has ended.");
        return new Requests(JsonSerializer.Deserialize<Dictionary<string, long>>(line)!);
    }
}

/// <summary>Requests by service and verb: <c>queue DELETE</c>.</summary>
internal sealed record Requests(IReadOnlyDictionary<string, long> ByVerb)
{
    /// <summary>What came between another count, the earlier, and this one.</summary>
    public Requests Since(Requests earlier) =>
        new(ByVerb.ToDictionary(entry => entry.Key, entry => entry.Value - earlier.Of(entry.Key), StringComparer.Ordinal));

    /// <summary>Those to a service (<c>queue</c>), or with a verb of it (<c>queue DELETE</c>).</summary>
    public long Of(string what) => ByVerb
        .Where(entry => entry.Key == what || entry.Key.StartsWith($"{what} ", StringComparison.Ordinal))
        .Sum(static entry => entry.Value);
}
