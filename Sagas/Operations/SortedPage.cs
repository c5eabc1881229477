using System.Collections.Concurrent;
using System.Globalization;
using Sagas.Http;

namespace Sagas.Operations;

/// <summary>
/// One page of what comes in another order than it is to be shown in: of one pass over everything the first entries are
/// kept, and no more.
/// </summary>
/// <typeparam name="T">The type of an entry.</typeparam>
/// <param name="top">How many the page holds at most.</param>
/// <param name="after">The key of the entry after which it begins; null for the first page.</param>
/// <param name="keyOf">An entry's key, which sorts by its characters and is no other's.</param>
public sealed class SortedPage<T>(int top, string? after, Func<T, string> keyOf)
{
    // The last on top, so that it is the one to go; one more than the page holds tells that another page follows.
    private readonly PriorityQueue<T, string> _kept = new(Comparer<string>.Create(static (one, other) => string.CompareOrdinal(other, one)));

    /// <summary>Takes an entry. It is kept if it belongs on the page by what has come so far.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(T entry)
    {
        var key = keyOf(entry);
        if (after is null || string.CompareOrdinal(key, after) > 0)
        {
            _kept.Enqueue(entry, key);
            if (_kept.Count > top + 1)
            {
                _ = _kept.Dequeue();
            }
        }
    }

    /// <summary>The page, and the token of the next one where there is one.</summary>
    public (IReadOnlyList<T> Entries, string? ContinuationToken) End()
    {
        var hasMore = _kept.Count > top;
        var entries = _kept.UnorderedItems.OrderBy(kept => kept.Priority, StringComparer.Ordinal).Select(kept => kept.Element).Take(top).ToList();
        return (entries, hasMore ? PageToken.Write(keyOf(entries[^1])) : null);
    }
}

/// <summary>Keys that sort by their characters.</summary>
public static class SortKey
{
    /// <summary>By time, and by id at the same time.</summary>
    public static string Of(DateTimeOffset time, string id) => string.Create(CultureInfo.InvariantCulture, $"{time.UtcTicks:D19} {id}");

    /// <summary>Whether a text can be such a key.</summary>
    public static bool IsOne(string text) =>
        text.Split(' ') is [{ Length: 19 } ticks, { Length: > 0 } id] && ticks.All(char.IsAsciiDigit) && id.All(char.IsAscii) && !id.Any(char.IsControl);
}

/// <summary>
/// Bounds the reads that go through many sagas: of each kind one runs at a time in this process, and whoever comes meanwhile
/// waits for a turn. Two of them would take no less work, and leave the sagas less room.
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
