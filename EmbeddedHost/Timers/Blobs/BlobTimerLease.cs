using Azure;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers.Blobs;

/// <summary>What the leases of a host have in common.</summary>
/// <param name="Calls">Makes the calls to the account.</param>
/// <param name="Times">How long things take.</param>
/// <param name="Clock">Measures renewals and retries.</param>
/// <param name="Log">Where it is told what becomes of leases.</param>
/// <param name="Closed">Cancelled when the host is gone: nothing is renewed from then on.</param>
internal sealed record BlobLeasing(AccountCalls Calls, BlobLeaseTimes Times, TimeProvider Clock, ILogger Log, CancellationToken Closed);

/// <summary>The lease of a timer function's lock blob, which is renewed until it is given back, is lost, or the host stops.</summary>
internal sealed partial class BlobTimerLease : ITimerLease
{
    private readonly string _function;
    private readonly BlobLeaseClient _lease;
    private readonly TimerStatusBlob _status;
    private readonly BlobLeasing _leasing;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _renewed;
    private readonly CancellationToken _isRenewed;
    private readonly Task _renewals;

    /// <param name="function">The function's name.</param>
    /// <param name="lease">The lease, which was taken.</param>
    /// <param name="since">When it was asked for, by the clock's timestamps.</param>
    /// <param name="status">The function's status.</param>
    /// <param name="leasing">What leases have in common.</param>
    /// <param name="stopping">Cancelled when the host stops: what is left of the lease is enough for that.</param>
    public BlobTimerLease(
        string function, BlobLeaseClient lease, long since, TimerStatusBlob status, BlobLeasing leasing, CancellationToken stopping)
    {
        _function = function;
        _lease = lease;
        _status = status;
        _leasing = leasing;
        _log = leasing.Log;
        _lost = new CancellationTokenSource(Left(since), leasing.Clock);
        Lost = _lost.Token;
        _renewed = CancellationTokenSource.CreateLinkedTokenSource(Lost, leasing.Closed, stopping);
        _isRenewed = _renewed.Token;
        _renewals = RenewAsync();
    }

    /// <inheritdoc />
    public TimerStatus? Status { get; private set; }

    /// <inheritdoc />
    public CancellationToken Lost { get; }

    /// <summary>Reads the status that the function goes on from.</summary>
    /// <exception cref="RequestFailedException">The account refuses it, or cannot be reached.</exception>
    public async Task ReadStatusAsync(CancellationToken cancellationToken) => Status = await _status.TakeOverAsync(cancellationToken);

    /// <inheritdoc />
    public async Task SaveAsync(TimerStatus status)
    {
        // Also when the lease is lost: where no other host has taken the function up, the run counts.
        do
        {
            var isWritten = false;
            if (await _leasing.Calls.TryAsync(async ct => isWritten = await _status.TryWriteAsync(status, ct), _leasing.Closed))
            {
                if (!isWritten)
                {
                    LogSuperseded(_function);
                    await EndAsync();
                }

                return;
            }
        }
        while (await WaitAsync(_leasing.Times.Retry));

        LogUnsaved(_function, status.Next);
    }

    public async ValueTask DisposeAsync()
    {
        await _renewed.CancelAsync();
        await _renewals;
        _renewed.Dispose();
        // What remains is a token that stays as it is.
        _lost.Dispose();
        _ = await _leasing.Calls.TryAsync(ReleaseAsync, _leasing.Closed);
    }

    private async Task RenewAsync()
    {
        var wait = _leasing.Times.Renewal;
        while (await WaitAsync(wait))
        {
            var since = _leasing.Clock.GetTimestamp();
            var isHeld = true;
            var isAnswered = await _leasing.Calls.TryAsync(async ct => isHeld = await TryRenewAsync(ct), _isRenewed);
            if (!isHeld)
            {
                await EndAsync();
            }
            else if (isAnswered)
            {
                _lost.CancelAfter(Left(since));
            }

            wait = isAnswered ? _leasing.Times.Renewal : _leasing.Times.Retry;
        }

        if (Lost.IsCancellationRequested)
        {
            LogLost(_function);
        }
    }

    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await _lease.RenewAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await _lease.ReleaseAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            // It has ended by itself.
        }
    }

    private Task EndAsync() => Lost.IsCancellationRequested ? Task.CompletedTask : _lost.CancelAsync();

    /// <summary>Waits. Returns false, at once, where the lease is not renewed any more.</summary>
    private async Task<bool> WaitAsync(TimeSpan time)
    {
        await Task.Delay(time, _leasing.Clock, _isRenewed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_isRenewed.IsCancellationRequested;
    }

    private TimeSpan Left(long since)
    {
        var left = _leasing.Times.Hold - _leasing.Clock.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This host has lost the lease of the timer function '{Function}': another host may run it now.")]
    private partial void LogLost(string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The status of the timer function '{Function}' was changed by somebody else: the function goes on from what is stored.")]
    private partial void LogSuperseded(string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That the timer function '{Function}' has run, and runs next at {Next:O}, could not be stored: another host may repeat the run.")]
    private partial void LogUnsaved(string function, DateTimeOffset next);
}
