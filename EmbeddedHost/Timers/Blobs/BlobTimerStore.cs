using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers.Blobs;

/// <summary>
/// Keeps the status of timer functions in a storage account that several hosts share, and has each function run on the one that has its
/// lease. Names and contents of the blobs are those of the Functions host, so that a function goes on where that one has left it, and
/// never runs on both.
/// </summary>
internal sealed partial class BlobTimerStore : ITimerStore, IDisposable
{
    /// <summary>The container of all that hosts keep.</summary>
    public const string ContainerName = "azure-webjobs-hosts";

    // The Functions host goes by the full names of methods, and makes one of this type for each function.
    private const string Type = "Host.Functions";

    private readonly BlobContainerClient _container;
    private readonly string _hostId;
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentDictionary<string, TimerStatusBlob> _statuses = new(StringComparer.Ordinal);
    private readonly BlobLeasing _leasing;
    private readonly ILogger _log;

    /// <param name="account">The account's blobs.</param>
    /// <param name="hostId">What the hosts of one app have in common, and no other app of the account: the Functions host's id of them.</param>
    /// <param name="clock">Measures renewals and retries.</param>
    /// <param name="loggers">Where it is told what becomes of the account and of leases.</param>
    /// <param name="times">How long leases last; null: as usual.</param>
    public BlobTimerStore(BlobServiceClient account, string hostId, TimeProvider clock, ILoggerFactory loggers, BlobLeaseTimes? times = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(hostId);
        _container = account.GetBlobContainerClient(ContainerName);
        _hostId = hostId;
        _log = loggers.CreateLogger("EmbeddedHost.Timers");
        times ??= new BlobLeaseTimes();
        _leasing = new BlobLeasing(new AccountCalls(times.Call, _log), times, clock, _log, _closed.Token);
    }

    /// <inheritdoc />
    public async ValueTask<ITimerLease?> TryAcquireAsync(string function, bool isMonitored, CancellationToken stopping)
    {
        BlobTimerLease? lease = null;
        _ = await _leasing.Calls.TryAsync(async ct => lease = await AcquireAsync(function, isMonitored, stopping, ct), stopping);
        return lease;
    }

    /// <inheritdoc />
    public async ValueTask<TimerStatus?> FindAsync(string function)
    {
        TimerStatus? status = null;
        _ = await _leasing.Calls.TryAsync(async ct => status = await StatusOf(function).ReadAsync(ct), _closed.Token);
        return status;
    }

    /// <summary>Leaves the leases to end by themselves; whoever has one gives it back before.</summary>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task<BlobTimerLease?> AcquireAsync(string function, bool isMonitored, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient($"locks/{_hostId}/{Type}.{function}.Listener");
        if (!await IsFreeAsync(blob, cancellationToken))
        {
            LogElsewhere(function);
            return null;
        }

        var client = blob.GetBlobLeaseClient();
        var since = _leasing.Clock.GetTimestamp();
        try
        {
            _ = await client.AcquireAsync(_leasing.Times.Lease, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another host was first.
            return null;
        }

        var lease = new BlobTimerLease(function, client, since, StatusOf(function), _leasing, stopping);
        try
        {
            if (isMonitored)
            {
                await lease.ReadStatusAsync(cancellationToken);
            }
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }

        LogHere(function);
        return lease;
    }

    // Asked first: a lease that is refused counts as an error in the account's metrics and in traces.
    private async Task<bool> IsFreeAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.LeaseState
                is LeaseState.Available or LeaseState.Expired or LeaseState.Broken;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            await CreateAsync(blob, cancellationToken);
            return true;
        }
    }

    private async Task CreateAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        _ = await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        try
        {
            var conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
            _ = await blob.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another host was first.
        }
    }

    private TimerStatusBlob StatusOf(string function) => _statuses.GetOrAdd(
        function, name => new TimerStatusBlob(_container.GetBlobClient($"timers/{_hostId}/{Type}.{name}/status"), _log));

    [LoggerMessage(Level = LogLevel.Information, Message = "This host runs the timer function '{Function}' from now on.")]
    private partial void LogHere(string function);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Another host runs the timer function '{Function}'.")]
    private partial void LogElsewhere(string function);
}
