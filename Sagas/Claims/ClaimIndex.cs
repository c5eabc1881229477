using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas.Claims;

/// <summary>
/// The claims whose saga is not known to have begun: partition = the saga's name, row = the claim's key. An entry is written
/// before the claim that it points to, and removed by the saga's first activity, so that a claim which a crash cut off before
/// its saga was scheduled is always found here. An entry without a claim says nothing.
/// </summary>
/// <remarks>What is read throws <see cref="UnreadableRowException"/> if a stored row is damaged.</remarks>
public sealed class ClaimIndex(TableServiceClient tables, TimeProvider time)
{
    private const string At = "At";
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Claims);

    /// <summary>Adds an entry; repeating it starts its age anew.</summary>
    public Task AddAsync(string saga, string key, CancellationToken cancellation) =>
        _table.UpsertEntityAsync(new TableEntity(saga, key) { [At] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);

    /// <summary>Removes an entry, where it is there.</summary>
    public Task RemoveAsync(string saga, string key, CancellationToken cancellation) =>
        _table.DeleteEntityAsync(saga, key, cancellationToken: cancellation);

    /// <summary>Whether a claim's saga is not known to have begun.</summary>
    public async Task<bool> ContainsAsync(string saga, string key, CancellationToken cancellation) =>
        await _table.FindAsync(saga, key, cancellation) is not null;

    /// <summary>The entries of a saga, each with when it was added.</summary>
    public async Task<IReadOnlyList<(string Key, DateTimeOffset At)>> ReadAsync(string saga, CancellationToken cancellation) =>
        [.. (await _table.ReadPartitionAsync(saga, cancellation)).Select(static row => (row.RowKey, row.Time(At)))];
}
