using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Sagas.Storage;

namespace Sagas.Health;

/// <summary>
/// Whether what every saga needs can be reached: the app's tables and its task hub. However many ask, each is looked at once
/// a second at most, and for no longer than two.
/// </summary>
public sealed partial class Readiness(TableServiceClient tables, TimeProvider time, ILogger<Readiness> log)
{
    // No saga's key and no instance's id: there is never anything to be read.
    private const string NoKey = "health";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<string>>? _look;
    private long? _ended;

    /// <summary>Names what cannot be reached; none where everything can. The answer may be one that another call got up to a second ago.</summary>
    internal Task<IReadOnlyList<string>> FindUnreachableAsync(DurableTaskClient client)
    {
        lock (_gate)
        {
            if (_look is not { IsFaulted: false } || (_ended is { } ended && time.GetElapsedTime(ended) > GoodFor))
            {
                _ended = null;
                _look = LookAsync(client);
            }

            return _look;
        }
    }

    private async Task<IReadOnlyList<string>> LookAsync(DurableTaskClient client)
    {
        // Both at once: the answer takes as long as the slower one.
        var looks = await Task.WhenAll(
            TryAsync("the tables", ReadTableAsync),
            TryAsync("the task hub", cancellation => client.GetInstanceAsync(NoKey, cancellation)));
        lock (_gate)
        {
            _ended = time.GetTimestamp();
        }

        return [.. looks.OfType<string>()];
    }

    // By a query: reading the one row would not tell a table that is gone from one without the row.
    private async Task ReadTableAsync(CancellationToken cancellation)
    {
        await foreach (var _ in tables.GetTableClient(SagaTables.Claims).StreamPartitionAsync(NoKey, cancellation))
        {
            return;
        }
    }

    /// <summary>What was to be reached, if it could not be; else null.</summary>
    private async Task<string?> TryAsync(string what, Func<CancellationToken, Task> reach)
    {
        using var over = new CancellationTokenSource(Limit, time);
        try
        {
            // A client need not heed the token, and some try again for minutes.
            await reach(over.Token).WaitAsync(over.Token);
            return null;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            LogNoAnswer(what, Limit.TotalSeconds);
            return what;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailure(e, what);
            return what;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: no answer from {What} within {Seconds} s.")]
    private partial void LogNoAnswer(string what, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {What} cannot be reached.")]
    private partial void LogFailure(Exception exception, string what);
}
