using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Sagas.Tests.Health;

/// <summary>An app's tables, where a test counts and steers the looks whether they can be reached.</summary>
internal sealed class WatchedTables(TableServiceClient inner) : TableServiceClient
{
    private int _looks;

    /// <summary>How often it was looked.</summary>
    public int Looks => _looks;

    /// <summary>What comes before a look; null: nothing.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    public override TableClient GetTableClient(string tableName) =>
        tableName == Storage.SagaTables.Claims ? new Claims(inner.GetTableClient(tableName), LookAsync) : inner.GetTableClient(tableName);

    public override Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        inner.CreateTableIfNotExistsAsync(tableName, cancellationToken);

    private Task LookAsync(CancellationToken cancellation)
    {
        _ = Interlocked.Increment(ref _looks);
        return Before?.Invoke(cancellation) ?? Task.CompletedTask;
    }

    /// <summary>What is asked of the table whether it can be reached; any other member fails as not set up.</summary>
    private sealed class Claims(TableClient inner, Func<CancellationToken, Task> before) : TableClient
    {
        public override AsyncPageable<T> QueryAsync<T>(
            string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
            new Pages<T>(inner.QueryAsync<T>(filter, maxPerPage, select, cancellationToken), () => before(cancellationToken));
    }

    private sealed class Pages<T>(AsyncPageable<T> inner, Func<Task> before) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await before();
            await foreach (var page in inner.AsPages(continuationToken, pageSizeHint))
            {
                yield return page;
            }
        }
    }
}
