using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas.Claims;

/// <summary>
/// Who came first with which contents, one row a saga: partition = the saga's key, row <c>claim</c>. It is inserted if absent
/// before the saga is started, and says when that is done: a purged instance is not started again.
/// </summary>
public sealed class SagaClaims(TableServiceClient tables)
{
    private const string Row = "claim";
    private readonly TableClient _table = tables.GetTableClient(SagaTables.IdempotencyKeys);

    /// <summary>Claims a key for contents; claiming it for the same contents again changes nothing.</summary>
    /// <returns>Whether the key is claimed for these contents, and whether its saga is known to be started.</returns>
    internal async Task<(bool IsSame, bool IsStarted)> ClaimAsync<T>(string key, T contents, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(contents, SagaJson.TypeOf<T>())));
        if (await _table.TryAddAsync(new TableEntity(key, Row) { ["BodyHash"] = hash, ["IsStarted"] = false }, cancellation))
        {
            return (IsSame: true, IsStarted: false);
        }

        var earlier = (await _table.FindAsync(key, Row, cancellation))!;
        return (earlier.GetString("BodyHash") == hash, earlier.GetBoolean("IsStarted") ?? false);
    }

    /// <summary>Writes down that the saga of a claimed key is started.</summary>
    internal Task SetStartedAsync(string key, CancellationToken cancellation) =>
        _table.UpdateEntityAsync(new TableEntity(key, Row) { ["IsStarted"] = true }, Azure.ETag.All, TableUpdateMode.Merge, cancellation);
}
