using EmbeddedHost.Framework.AzureStorage;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers.Blobs;

/// <summary>
/// Calls to the storage account, which may fail: each has a time limit, no failure gets out, and the log tells the first since one has
/// succeeded.
/// </summary>
/// <param name="limit">How long a call may take.</param>
/// <param name="log">Where failures are told.</param>
internal sealed partial class AccountCalls(TimeSpan limit, ILogger log)
{
    private int _isFailing;

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call; what it expects to be refused is its own matter.</param>
    /// <param name="cancellationToken">Ends the call; that is no failure.</param>
    /// <returns>Whether it came to its end.</returns>
    public async Task<bool> TryAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Of real time: the account's answer comes by no other.
        ended.CancelAfter(limit);
        try
        {
            await call(ended.Token);
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested && Interlocked.Exchange(ref _isFailing, 1) == 0)
            {
                LogFails(Reason(e));
            }

            return false;
        }

        if (Interlocked.Exchange(ref _isFailing, 0) == 1)
        {
            LogAnswers();
        }

        return true;
    }

    private string Reason(Exception e) => e is OperationCanceledException
        ? $"no answer within {limit.TotalSeconds} seconds"
        : StorageFailures.Explain(e) ?? e.Message;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The storage account that timer functions are kept in cannot be used, and is tried again: {Reason}")]
    private partial void LogFails(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The storage account that timer functions are kept in can be used again.")]
    private partial void LogAnswers();
}
