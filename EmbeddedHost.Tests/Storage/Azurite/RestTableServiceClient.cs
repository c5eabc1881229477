using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>What the contract uses of a service client, over HTTP.</summary>
internal sealed class RestTableServiceClient(TableRest rest) : TableServiceClient
{
    public override TableClient GetTableClient(string tableName) => new RestTableClient(rest, tableName);

    public override AsyncPageable<TableItem> QueryAsync(string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new RestPages<TableItem>(maxPerPage, async (token, size) =>
        {
            var response = await rest.SendAsync(HttpMethod.Get, $"Tables?{RestPages.Query(filter, size)}{token}", cancellationToken: cancellationToken);
            var tables = JsonDocument.Parse(response.Body).RootElement.GetProperty("value").EnumerateArray();
            return Page<TableItem>.FromValues(
                [.. tables.Select(table => new TableItem(table.GetProperty("TableName").GetString()!))],
                RestPages.Token(response, "NextTableName"),
                response);
        });
}
