using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Storage.Azurite;
using EmbeddedHost.Timers.Blobs;

namespace EmbeddedHost.Tests.Timers.Blobs;

/// <summary>The blobs of one app's timer functions, in a storage account that its hosts share.</summary>
internal sealed class TimerAccount : IAsyncDisposable
{
    /// <summary>Leases that the account keeps for longer than a test takes, and that a host renews all the time.</summary>
    public static readonly BlobLeaseTimes LongLease = new()
    {
        Lease = TimeSpan.FromSeconds(60),
        Hold = TimeSpan.FromSeconds(55),
        Renewal = TimeSpan.FromMilliseconds(100),
        Retry = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>Such leases, which a host takes for lost soon after its line was cut.</summary>
    public static readonly BlobLeaseTimes SoonLost = LongLease with { Hold = TimeSpan.FromSeconds(1) };

    private readonly string _connection;
    private readonly List<TimerHost> _hosts = [];

    private TimerAccount(string connection) => _connection = connection;

    /// <summary>Another app's for each test.</summary>
    public string HostId { get; } = $"{Guid.NewGuid():N}";

    /// <summary>What the functions of all hosts have noted of their runs.</summary>
    public Ticks Ticks { get; } = new();

    private BlobContainerClient Container => new BlobServiceClient(_connection).GetBlobContainerClient("azure-webjobs-hosts");

    public static async Task<TimerAccount> OpenAsync() =>
        new((await AzuriteServer.SharedAsync()).ConnectionString(AzuriteServer.HubAccount));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await foreach (var blob in Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"timers/{HostId}/", CancellationToken.None))
        {
            _ = await Container.DeleteBlobIfExistsAsync(blob.Name);
        }
    }

    /// <summary>Starts a host.</summary>
    /// <param name="name">What its runs are noted under.</param>
    /// <param name="function">The app's timer function.</param>
    /// <param name="times">How long leases last; null: <see cref="LongLease"/>.</param>
    /// <param name="configure">What else it has.</param>
    public async Task<TimerHost> StartAsync(string name, Type function, BlobLeaseTimes? times = null, Action<TimerHostOptions>? configure = null)
    {
        var options = new TimerHostOptions { Times = times ?? LongLease };
        configure?.Invoke(options);
        var host = await TimerHost.StartAsync(this, name, function, options);
        _hosts.Add(host);
        return host;
    }

    /// <summary>The account, over a line.</summary>
    public BlobServiceClient Client(AccountLine line)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1) } };
        options.AddPolicy(line, Azure.Core.HttpPipelinePosition.PerRetry);
        return new BlobServiceClient(_connection, options);
    }

    /// <summary>Ends the lease of a function as the account does when its holder is dead.</summary>
    public async Task EndLeaseAsync(string function)
    {
        try
        {
            _ = await LockOf(function).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseNotPresentWithLeaseOperation)
        {
            // A host whose line is back has given it back itself.
        }
    }

    /// <summary>Whether a host has the lease of a function.</summary>
    public async Task<bool> IsLeasedAsync(string function) => (await LockOf(function).GetPropertiesAsync()).Value.LeaseState == LeaseState.Leased;

    /// <summary>What is stored of a function.</summary>
    public async Task<string> StatusAsync(string function) => (await StatusOf(function).DownloadContentAsync()).Value.Content.ToString();

    /// <summary>Stores something of a function, as somebody else does.</summary>
    public async Task StoreAsync(string function, string status)
    {
        _ = await Container.CreateIfNotExistsAsync();
        _ = await StatusOf(function).UploadAsync(BinaryData.FromString(status), overwrite: true);
    }

    /// <summary>Waits until so many runs are noted, and returns them.</summary>
    public async Task<IReadOnlyList<string>> RunsAsync(int count)
    {
        await HubFixture.UntilAsync(() => Ticks.Runs.Count >= count, $"{count} runs, of which there are {Ticks.Runs.Count}");
        return Ticks.Runs;
    }

    /// <summary>Waits until a function's next time is stored.</summary>
    public Task NextIsStoredAsync(string function, string next) => HubFixture.UntilAsync(
        async () => (await StatusAsync(function)).Contains($"\"Next\":\"2030-01-01T{next}", StringComparison.Ordinal), $"{function}'s next time is {next}");

    private BlobClient LockOf(string function) => Container.GetBlobClient($"locks/{HostId}/Host.Functions.{function}.Listener");

    private BlobClient StatusOf(string function) => Container.GetBlobClient($"timers/{HostId}/Host.Functions.{function}/status");
}
