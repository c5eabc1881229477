using Azure;
using Azure.Data.Tables;

namespace OrderSagaFunctions.Tests;

/// <summary>The app's tables, where something else gets in beside the first read of a single row.</summary>
/// <param name="inner">The tables.</param>
/// <param name="table">Of which table.</param>
/// <param name="before">What comes just before the read.</param>
/// <param name="after">What comes just after it.</param>
internal sealed class InterposedTables(TableServiceClient inner, string table, Func<Task>? before = null, Func<Task>? after = null) : TableServiceClient
{
    public override TableClient GetTableClient(string tableName) =>
        tableName == table ? new Table(inner.GetTableClient(tableName), before, after) : inner.GetTableClient(tableName);

    private sealed class Table(TableClient inner, Func<Task>? before, Func<Task>? after) : TableClient
    {
        private Func<Task>? _before = before;
        private Func<Task>? _after = after;

        public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        {
            await (Interlocked.Exchange(ref _before, null)?.Invoke() ?? Task.CompletedTask);
            var read = await inner.GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken);
            await (Interlocked.Exchange(ref _after, null)?.Invoke() ?? Task.CompletedTask);
            return read;
        }

        public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
            inner.AddEntityAsync(entity, cancellationToken);

        public override Task<Response> UpdateEntityAsync<T>(
            T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
            inner.UpdateEntityAsync(entity, ifMatch, mode, cancellationToken);

        public override Task<Response> DeleteEntityAsync(
            string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
            inner.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellationToken);
    }
}
