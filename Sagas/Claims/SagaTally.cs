using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas.Claims;

/// <summary>
/// How many sagas have ended how: a row of the index with the counts, and beside it a row for each end that is not in them yet.
/// Whoever reads many of those adds them to the counts, and removes them in the same transaction.
/// </summary>
public sealed class SagaTally(TableServiceClient tables)
{
    /// <summary>How many ends are added to the counts at once: a transaction has at most 100 writes.</summary>
    public const int EndsAtOnce = 99;

    private const int MostReads = 5;
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Claims);

    /// <summary>
    /// Whether the index has all sagas: with data of an earlier version, not before <see cref="TryCompleteAsync"/>.
    /// </summary>
    public async Task<bool> IsCompleteAsync(string saga, CancellationToken cancellation) =>
        await _table.FindAsync(saga, IndexRows.Counts, cancellation) is not null;

    /// <summary>Writes down that the index has all sagas that have not ended, and how many had ended by then.</summary>
    /// <returns>False if that was done before.</returns>
    public Task<bool> TryCompleteAsync(string saga, IReadOnlyDictionary<SagaOutcome, long> ended, CancellationToken cancellation) =>
        _table.TryAddAsync(IndexRows.WriteCounts(saga, ended), cancellation);

    /// <summary>Reads all of a saga's index: the sagas that have not ended, and how the others did.</summary>
    /// <param name="saga">The saga's name.</param>
    /// <param name="unreadable">Takes the rows that cannot be read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<SagaCounts> ReadAsync(string saga, UnreadableRows unreadable, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(unreadable);
        for (var read = 1; ; read++)
        {
            var counts = await _table.FindAsync(saga, IndexRows.Counts, cancellation);
            // The entries before the ends: one that ends in between is in both.
            var open = await ReadAsync(IndexRows.EntriesOf(saga), IndexRows.Read, unreadable, cancellation);
            var ends = await ReadAsync(IndexRows.EndsOf(saga), IndexRows.ReadEnded, unreadable, cancellation);
            // Ends that were added to the counts in between are in neither.
            if (read == MostReads || counts?.ETag == (await _table.FindAsync(saga, IndexRows.Counts, cancellation))?.ETag)
            {
                return new SagaCounts(open, Sum(counts, ends, unreadable)) { Ends = ends };
            }
        }
    }

    /// <summary>Adds ends to the counts, if there are enough of them. Of two who do so at once, one has done nothing.</summary>
    public async Task FoldAsync(string saga, SagaCounts read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        foreach (var ends in read.Ends.Chunk(EndsAtOnce).Where(static ends => ends.Length == EndsAtOnce))
        {
            if (await _table.FindAsync(saga, IndexRows.Counts, cancellation) is not { } row || !await TryFoldAsync(row, ends, cancellation))
            {
                return;
            }
        }
    }

    private async Task<bool> TryFoldAsync(TableEntity row, IReadOnlyList<SagaEnd> ends, CancellationToken cancellation)
    {
        var counts = IndexRows.ReadCounts(row);
        foreach (var end in ends)
        {
            end.AddTo(counts);
        }

        try
        {
            await _table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.UpdateMerge, IndexRows.WriteCounts(row.PartitionKey, counts), row.ETag),
                    .. ends.Select(end => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, end.RowKey))),
                ],
                cancellation);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsStale())
        {
            return false;
        }
    }

    private async Task<List<T>> ReadAsync<T>(string filter, Func<TableEntity, T> read, UnreadableRows unreadable, CancellationToken cancellation)
        where T : class =>
        await _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)
            .Select(row => unreadable.Skip(() => read(row)))
            .OfType<T>()
            .ToListAsync(cancellation);

    private static Dictionary<SagaOutcome, long> Sum(TableEntity? row, List<SagaEnd> ends, UnreadableRows unreadable)
    {
        var counts = unreadable.Skip(() => IndexRows.ReadCounts(row)) ?? IndexRows.ReadCounts(null);
        foreach (var end in ends)
        {
            end.AddTo(counts);
        }

        return counts;
    }
}

/// <summary>The sagas of a name, as the index has them.</summary>
/// <param name="Open">The entries of those that have not ended. One may have since, or while this was read (<see cref="IsCounted"/>).</param>
/// <param name="Ended">How many have ended how. Of a key that has had several sagas, the last one that has ended counts.</param>
public sealed record SagaCounts(IReadOnlyList<OpenSaga> Open, IReadOnlyDictionary<SagaOutcome, long> Ended)
{
    private readonly HashSet<string> _ended = [];

    /// <summary>The ends that are not in the row of the counts yet.</summary>
    internal IReadOnlyList<SagaEnd> Ends
    {
        get;
        init => (field, _ended) = (value, value.Select(static end => end.RowKey).ToHashSet(StringComparer.Ordinal));
    } = [];

    /// <summary>Whether the end of an entry's saga is among those that are counted.</summary>
    public bool IsCounted(OpenSaga entry) => _ended.Contains(IndexRows.EndedKey(entry));
}
