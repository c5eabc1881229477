using System.Net;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http.Management;

namespace EmbeddedHost.Tests.Http.Keys;

/// <summary>A running host that asks for keys, and the keys that were made for it.</summary>
internal sealed class KeyedHost : IAsyncDisposable
{
    private static readonly string[] Sets = [KeySet.Master, KeySet.Host, KeySet.System, "closed", "other"];

    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyList<(string Set, string Secret)> _made;
    private RunningHost? _host;

    private KeyedHost() => _made = Make(TimeSpan.Zero, Sets);

    public RunningHost Host => _host!;

    public KeyStore Store => new(_folder.Path);

    /// <summary>Starts it on loopback, unless the arguments say otherwise.</summary>
    public static async Task<KeyedHost> StartAsync(params string[] arguments)
    {
        var keyed = new KeyedHost();
        try
        {
            keyed._host = await RunningHost.StartAsync(
                [typeof(KeyedFunctions), typeof(ManagedFunctions)],
                localSettings: "{}",
                arguments: ["--data", keyed._folder.Path, .. arguments.DefaultIfEmpty("--require-keys")]);
            return keyed;
        }
        catch
        {
            keyed._folder.Dispose();
            throw;
        }
    }

    /// <summary>The secret of a set's first key; of anything else, itself.</summary>
    public string Secret(string set) => _made.FirstOrDefault(key => key.Set == set) is { Secret: { } secret } ? secret : set;

    /// <summary>Makes further keys while the host runs.</summary>
    public IReadOnlyList<(string Set, string Secret)> Make(TimeSpan overlap, params string[] sets) =>
        KeyMaker.Make(Store, sets, overlap, DateTimeOffset.UtcNow);

    /// <summary>Calls an address with the key of a set, or none.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string? secret, bool inQuery = false)
    {
        var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var request = new HttpRequestMessage(method, inQuery ? $"{address}{separator}code={secret}" : address);
        if (secret is not null && !inQuery)
        {
            request.Headers.Add("x-functions-key", secret);
        }

        return await Host.Http.SendAsync(request);
    }

    public async Task<HttpStatusCode> GetAsync(string address, string? secret, bool inQuery = false)
    {
        using var response = await SendAsync(HttpMethod.Get, address, secret, inQuery);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
