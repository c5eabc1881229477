using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>Tests over a table of their own; a derived class says who serves it.</summary>
public abstract class TableTests(TableServiceClient service) : IAsyncLifetime
{
    /// <summary>Any time, not in UTC.</summary>
    protected static readonly DateTimeOffset SomeTime = new(2026, 1, 31, 9, 30, 15, 123, TimeSpan.FromHours(1));

    protected TableServiceClient Service { get; } = service;

    protected TableClient Table { get; } = service.GetTableClient("t" + Guid.NewGuid().ToString("N"));

    /// <summary>Whether it is the emulator that serves, which is less exact than the service.</summary>
    protected virtual bool IsEmulator => false;

    public Task InitializeAsync() => Table.CreateAsync();

    public Task DisposeAsync() => Table.DeleteAsync();

    protected static TableEntity Row(string partitionKey, string rowKey, params (string Name, object Value)[] properties)
    {
        var row = new TableEntity(partitionKey, rowKey);
        foreach (var (name, value) in properties)
        {
            row[name] = value;
        }

        return row;
    }

    /// <summary>Calls, and checks what the service refuses the call with; its emulator may have another error code for it.</summary>
    protected async Task<RequestFailedException> Refused(int status, string errorCode, Func<Task> call, string? azurite = null)
    {
        var refusal = await Assert.ThrowsAnyAsync<RequestFailedException>(call);
        Assert.Equal((status, IsEmulator && azurite is not null ? azurite : errorCode), (refusal.Status, refusal.ErrorCode));
        return refusal;
    }

    /// <summary>Submits, and checks what is refused, on account of which action, and that nothing is written.</summary>
    protected async Task TransactionRefused(int status, string errorCode, int index, params TableTransactionAction[] actions)
    {
        var before = await RowKeys(filter: null);
        var failure = (TableTransactionFailedException)await Refused(status, errorCode, () => Table.SubmitTransactionAsync(actions));

        Assert.Equal(index, failure.FailedTransactionActionIndex);
        Assert.Equal(before, await RowKeys(filter: null));
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
