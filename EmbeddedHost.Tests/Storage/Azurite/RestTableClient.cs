using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>What the contract uses of a table client, over HTTP. Its entities are <see cref="TableEntity"/>.</summary>
internal sealed class RestTableClient(TableRest rest, string name) : TableClient
{
    public override string Name => name;

    public override async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) => Response.FromValue(
        new TableItem(name),
        await rest.SendAsync(HttpMethod.Post, "Tables", JsonSerializer.Serialize(new { TableName = name }), cancellationToken: cancellationToken));

    public override async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await CreateAsync(cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableAlreadyExists)
        {
            return Response.FromValue(new TableItem(name), e.GetRawResponse()!);
        }
    }

    public override Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        MissingIsAnAnswer(rest.SendAsync(HttpMethod.Delete, $"Tables('{name}')", cancellationToken: cancellationToken));

    public override async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        var path = EntityRequest.PathTo(name, partitionKey, rowKey);
        var response = await rest.SendAsync(HttpMethod.Get, $"{path}?{RestPages.Query(filter: null, size: null, select)}", cancellationToken: cancellationToken);
        return Response.FromValue(Entity<T>(JsonDocument.Parse(response.Body).RootElement), response);
    }

    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetEntityAsync<T>(partitionKey, rowKey, select, cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.ResourceNotFound)
        {
            return new NothingFound<T>(e.GetRawResponse()!);
        }
    }

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new RestPages<T>(maxPerPage, async (token, size) =>
        {
            var response = await rest.SendAsync(HttpMethod.Get, $"{name}()?{RestPages.Query(filter, size, select)}{token}", cancellationToken: cancellationToken);
            return Page<T>.FromValues(
                [.. JsonDocument.Parse(response.Body).RootElement.GetProperty("value").EnumerateArray().Select(Entity<T>)],
                RestPages.Token(response, "NextPartitionKey", "NextRowKey"),
                response);
        });

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        Write(new(TableTransactionActionType.Add, entity), cancellationToken);

    public override Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        Write(new(mode == TableUpdateMode.Merge ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace, entity), cancellationToken);

    public override Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        Write(new(mode == TableUpdateMode.Merge ? TableTransactionActionType.UpdateMerge : TableTransactionActionType.UpdateReplace, entity, ifMatch), cancellationToken);

    public override Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        MissingIsAnAnswer(Write(new(TableTransactionActionType.Delete, entity, ifMatch), cancellationToken));

    public override Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntityAsync(new TableEntity(partitionKey, rowKey), ifMatch, cancellationToken);

    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        using var request = Changeset.Of(rest.Account, transactionActions.Select(action => EntityRequest.For(name, action)));
        var response = await rest.SendAsync(request, cancellationToken);
        return Response.FromValue(Changeset.Read(response.Body), response);
    }

    private static T Entity<T>(JsonElement json)
        where T : ITableEntity => (T)(ITableEntity)EntityJson.Read(json);

    private static async Task<Response> MissingIsAnAnswer<T>(Task<T> deletion)
        where T : Response
    {
        try
        {
            return await deletion;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return e.GetRawResponse()!;
        }
    }

    private async Task<Response> Write(TableTransactionAction action, CancellationToken cancellationToken)
    {
        var request = EntityRequest.For(name, action);
        return await rest.SendAsync(request.Method, request.Path, request.Json, request.IfMatch, cancellationToken);
    }

    private sealed class NothingFound<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("There is no entity.");

        public override Response GetRawResponse() => response;
    }
}
