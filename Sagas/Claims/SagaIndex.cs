using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas.Claims;

/// <summary>
/// The index of the sagas that have not ended: partition = the saga's name, row = its key. An entry is written before the claim
/// that it points to, and says whether the saga is known to have begun. It is removed in one transaction with the row that
/// counts how the saga ended (<see cref="SagaTally"/>), so that each end is counted once. An entry without a claim says nothing.
/// </summary>
public sealed class SagaIndex(TableServiceClient tables, TimeProvider time)
{
    /// <summary>The age at which an entry says nothing if what it was written for is not there: that call cannot be under way any more.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private const int IdLength = 16;
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Claims);

    /// <summary>Makes sure that there is an entry for a claim that is about to be written. An entry that was there keeps its id.</summary>
    /// <returns>The entry; the claim has to be written with its id.</returns>
    public Task<OpenSaga> AddAsync(string saga, string key, CancellationToken cancellation) =>
        AddAsync(saga, new OpenSaga(key, time.GetUtcNow()), cancellation);

    /// <summary>Makes sure that there is an entry for a key. One of the same generation is renewed: its age starts anew.</summary>
    /// <param name="saga">The saga's name.</param>
    /// <param name="wanted">The entry to add if there is none; its id is chosen here.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The entry that is there now.</returns>
    public async Task<OpenSaga> AddAsync(string saga, OpenSaga wanted, CancellationToken cancellation)
    {
        var added = wanted with { Id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true), IsNew = true };
        while (!await _table.TryAddAsync(IndexRows.Write(saga, added), cancellation))
        {
            if (await FindAsync(saga, wanted.Key, cancellation) is not { } there)
            {
                continue;
            }

            // Renewed, so that whoever has found the entry abandoned does not remove it any more.
            if (there.Generation != wanted.Generation
                || (there.IsBegun && !wanted.IsBegun)
                || await TryMergeAsync(saga, there, new() { [IndexRows.At] = time.GetUtcNow() }, cancellation))
            {
                return there;
            }
        }

        return added;
    }

    /// <summary>Puts an entry in the place of whatever is there.</summary>
    public Task PutAsync(string saga, OpenSaga entry, CancellationToken cancellation) =>
        _table.UpsertEntityAsync(IndexRows.Write(saga, entry), TableUpdateMode.Replace, cancellation);

    /// <summary>Writes down that a saga has begun.</summary>
    /// <returns>False if its entry has changed since it was read, or is gone.</returns>
    public Task<bool> TryBeginAsync(string saga, OpenSaga entry, CancellationToken cancellation) =>
        TryMergeAsync(saga, entry, new() { [IndexRows.IsBegun] = true }, cancellation);

    /// <summary>Removes an entry and counts how its saga ended, in one transaction.</summary>
    /// <returns>False if the entry has changed since it was read, or is gone.</returns>
    public async Task<bool> TryEndAsync(string saga, OpenSaga entry, SagaOutcome outcome, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            await _table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(saga, entry.Key), entry.ETag),
                    new TableTransactionAction(TableTransactionActionType.Add, IndexRows.Ended(saga, entry, outcome)),
                ],
                cancellation);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsStale())
        {
            return false;
        }
        catch (TableTransactionFailedException failure) when (failure.IsTaken())
        {
            // Counted before: the entry was written after that.
            return await TryRemoveAsync(saga, entry, cancellation);
        }
    }

    /// <summary>Removes an entry that says nothing.</summary>
    /// <returns>False if it has changed since it was read, or is gone.</returns>
    public async Task<bool> TryRemoveAsync(string saga, OpenSaga entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            // A delete of a row that is gone does not throw.
            using var answer = await _table.DeleteEntityAsync(saga, entry.Key, entry.ETag, cancellation);
            return answer.Status != (int)HttpStatusCode.NotFound;
        }
        catch (RequestFailedException failure) when (failure.IsStale())
        {
            return false;
        }
    }

    /// <summary>An entry; null if there is none.</summary>
    public async Task<OpenSaga?> FindAsync(string saga, string key, CancellationToken cancellation) =>
        await _table.FindAsync(saga, key, cancellation) is { } row ? IndexRows.Read(row) : null;

    /// <summary>Whether a saga has an entry, and is not known to have begun.</summary>
    public async Task<bool> IsToBeginAsync(string saga, string key, CancellationToken cancellation) =>
        await FindAsync(saga, key, cancellation) is { IsBegun: false };

    /// <summary>The entries of the sagas that are not known to have begun: most of those that run have not been looked at yet.</summary>
    /// <param name="saga">The sagas' name.</param>
    /// <param name="unreadable">Takes the rows that cannot be read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<OpenSaga>> ReadToBeginAsync(string saga, UnreadableRows unreadable, CancellationToken cancellation) =>
        await _table.QueryAsync<TableEntity>(
                // Entries of earlier versions do not have the property: none of their sagas had begun.
                TableScans.And(IndexRows.EntriesOf(saga), $"not ({IndexRows.IsBegun} eq true)"), cancellationToken: cancellation)
            .Select(row => unreadable.Skip(() => IndexRows.Read(row)))
            .OfType<OpenSaga>()
            .ToListAsync(cancellation);

    private Task<bool> TryMergeAsync(string saga, OpenSaga entry, Dictionary<string, object> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _table.TryMergeAsync(new TableEntity(changes) { PartitionKey = saga, RowKey = entry.Key }, entry.ETag, cancellation);
    }
}

/// <summary>A saga that has not ended, as the index has it.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="At">When the entry was written, or renewed.</param>
public sealed record OpenSaga(string Key, DateTimeOffset At)
{
    /// <summary>Whether it is known to have begun.</summary>
    public bool IsBegun { get; init; }

    /// <summary>Which saga of the key, counted from 1.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>
    /// What tells the entry from another of the same key, in what it was written for: an entry that a late call wrote after the
    /// saga had ended is known by that. Null in an entry of an earlier version.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>The outcome that is still counted for the key, and that this saga's outcome replaces; null for a key's first saga.</summary>
    public SagaOutcome? Replaces { get; init; }

    /// <summary>Whether this very call has added it.</summary>
    public bool IsNew { get; init; }

    /// <summary>The state of the row that was read.</summary>
    internal ETag ETag { get; init; }
}
