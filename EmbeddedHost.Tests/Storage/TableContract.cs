using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>
/// What the table service promises, whoever serves it: a derived class says who. Each test has a table of its own.
/// </summary>
public abstract partial class TableContract : IDisposable
{
    protected TableContract(TableServiceClient service)
    {
        Service = service;
        Table = service.GetTableClient("t" + Guid.NewGuid().ToString("N"));
        _ = Table.Create();
    }

    protected TableServiceClient Service { get; }

    protected TableClient Table { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _ = Table.Delete();

    protected static TableEntity Row(string partitionKey, string rowKey, params (string Name, object Value)[] properties)
    {
        var row = new TableEntity(partitionKey, rowKey);
        foreach (var (name, value) in properties)
        {
            row[name] = value;
        }

        return row;
    }

    /// <summary>Calls, and checks what the service refuses the call with.</summary>
    protected static async Task<RequestFailedException> Refused(int status, string errorCode, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAnyAsync<RequestFailedException>(call);
        Assert.Equal((status, errorCode), (refusal.Status, refusal.ErrorCode));
        return refusal;
    }

    protected async Task<TableEntity> Get(string partitionKey, string rowKey) =>
        (await Table.GetEntityAsync<TableEntity>(partitionKey, rowKey)).Value;

    protected async Task<IReadOnlyList<string>> RowKeys(string? filter)
    {
        var keys = new List<string>();
        await foreach (var row in Table.QueryAsync<TableEntity>(filter))
        {
            keys.Add(row.RowKey);
        }

        return keys;
    }
}
