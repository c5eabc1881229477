using System.Net;
using Azure;
using Azure.Data.Tables;

namespace Sagas.Storage;

/// <summary>The two conditional writes that everything here is built from: insert if absent, and change if unchanged.</summary>
public static class TableClientExtensions
{
    /// <summary>Inserts a row unless its key is taken.</summary>
    /// <returns>False where a row with that key was there before, which stays as it is.</returns>
    public static async Task<bool> TryAddAsync(this TableClient table, TableEntity row, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsTaken())
        {
            return false;
        }
    }

    /// <summary>Changes the given properties of a row, unless it has changed since it was read.</summary>
    /// <returns>False where the row has changed or is gone: read it again.</returns>
    public static Task<bool> TryMergeAsync(this TableClient table, TableEntity changes, ETag read, CancellationToken cancellation) =>
        TryUpdateAsync(table, changes, read, TableUpdateMode.Merge, cancellation);

    /// <summary>Puts a row in the place of the one that was read, unless that has changed since.</summary>
    /// <inheritdoc cref="TryMergeAsync" path="/returns" />
    public static Task<bool> TryReplaceAsync(this TableClient table, TableEntity row, ETag read, CancellationToken cancellation) =>
        TryUpdateAsync(table, row, read, TableUpdateMode.Replace, cancellation);

    /// <summary>Reads one row by its key, or null where there is none.</summary>
    public static async Task<TableEntity?> FindAsync(this TableClient table, string partition, string row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Reads a whole partition, in the order of its row keys.</summary>
    public static async Task<IReadOnlyList<TableEntity>> ReadPartitionAsync(this TableClient table, string partition, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.StreamPartitionAsync(partition, cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Reads a partition in the order of its row keys, with no more than a page in memory.</summary>
    public static AsyncPageable<TableEntity> StreamPartitionAsync(this TableClient table, string partition, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellation);

    /// <summary>Whether a write failed because its key is taken.</summary>
    public static bool IsTaken(this RequestFailedException failure) => failure.Status == (int)HttpStatusCode.Conflict;

    /// <summary>Whether a write failed because the row has changed since it was read, or is gone.</summary>
    public static bool IsStale(this RequestFailedException failure) =>
        failure.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound;

    private static async Task<bool> TryUpdateAsync(
        TableClient table, TableEntity row, ETag read, TableUpdateMode mode, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(row, read, mode, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsStale())
        {
            return false;
        }
    }
}
