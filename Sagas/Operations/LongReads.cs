using System.Collections.Concurrent;

namespace Sagas.Operations;

/// <summary>
/// Bounds the reads that go through many sagas: of each kind one runs at a time in this process, and whoever comes meanwhile
/// waits for a turn. Two of them would take no less work, and leave the orders less room.
/// </summary>
public sealed class LongReads : IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Runs a read when no other of its kind does.</summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="read">The read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<T> RunAsync<T>(string kind, Func<Task<T>> read, CancellationToken cancellation)
    {
        var turn = _turns.GetOrAdd(kind, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation);
        try
        {
            return await read();
        }
        finally
        {
            _ = turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var turn in _turns.Values)
        {
            turn.Dispose();
        }
    }
}
