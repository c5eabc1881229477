using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>The app's tables, with each request counted that a storage account would be sent.</summary>
internal sealed class CountedTables(TableServiceClient inner) : TableServiceClient
{
    private readonly ConcurrentQueue<bool> _requests = new();

    public int Reads => _requests.Count(static isWrite => !isWrite);

    public int Writes => _requests.Count(static isWrite => isWrite);

    /// <summary>Begins to count anew.</summary>
    public void Clear() => _requests.Clear();

    public override TableClient GetTableClient(string tableName) => new Table(inner.GetTableClient(tableName), _requests.Enqueue);

    public override Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        inner.CreateTableIfNotExistsAsync(tableName, cancellationToken);

    /// <summary>What the app uses of a table; any other member fails as not set up.</summary>
    private sealed class Table(TableClient inner, Action<bool> count) : TableClient
    {
        public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        {
            count(true);
            return inner.AddEntityAsync(entity, cancellationToken);
        }

        public override Task<Response> UpsertEntityAsync<T>(
            T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        {
            count(true);
            return inner.UpsertEntityAsync(entity, mode, cancellationToken);
        }

        public override Task<Response> UpdateEntityAsync<T>(
            T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        {
            count(true);
            return inner.UpdateEntityAsync(entity, ifMatch, mode, cancellationToken);
        }

        public override Task<Response> DeleteEntityAsync(
            string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
        {
            count(true);
            return inner.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellationToken);
        }

        public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
            IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
        {
            count(true);
            return inner.SubmitTransactionAsync(transactionActions, cancellationToken);
        }

        public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        {
            count(false);
            return inner.GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken);
        }

        public override AsyncPageable<T> QueryAsync<T>(
            string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
            new Pages<T>(inner.QueryAsync<T>(filter, maxPerPage, select, cancellationToken), () => count(false));
    }

    private sealed class Pages<T>(AsyncPageable<T> inner, Action count) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await foreach (var page in inner.AsPages(continuationToken, pageSizeHint))
            {
                count();
                yield return page;
            }
        }
    }
}
