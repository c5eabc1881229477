using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>One write as a request: of its own, or in a batch.</summary>
internal sealed record EntityRequest(HttpMethod Method, string Path, string? Json, string? IfMatch)
{
    public static EntityRequest For(string table, TableTransactionAction action)
    {
        var path = PathTo(table, action.Entity.PartitionKey, action.Entity.RowKey);
        var ifMatch = action.ETag == default ? null : action.ETag.ToString();
        return action.ActionType switch
        {
            TableTransactionActionType.Delete => new(HttpMethod.Delete, path, Json: null, ifMatch ?? ETag.All.ToString()),
            TableTransactionActionType.Add => new(HttpMethod.Post, table, Body(), IfMatch: null),
            TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => new(HttpMethod.Patch, path, Body(), ifMatch),
            _ => new(HttpMethod.Put, path, Body(), ifMatch),
        };

        string Body() => EntityJson.Write((TableEntity)action.Entity);
    }

    /// <summary>An entity's path, in which a quote of a key is doubled.</summary>
    public static string PathTo(string table, string partitionKey, string rowKey)
    {
        return $"{table}(PartitionKey='{Key(partitionKey)}',RowKey='{Key(rowKey)}')";

        static string Key(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
    }
}
