using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    [Fact]
    public async Task UpdateEntity_ETagDefault_IsAnArgumentError()
    {
        await Table.AddEntityAsync(Row("p", "r"));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.UpdateEntityAsync(Row("p", "r"), default));
    }

    [Fact]
    public async Task SyncMethods_ManyAtOnce_AllReturn()
    {
        await Task.WhenAll(Enumerable.Range(0, 128).Select(i => Task.Run(() => Table.AddEntity(Row("p", $"{i}")))));

        Assert.Equal(128, (await RowKeys(filter: null)).Count);
    }

    [Fact]
    public async Task AddEntity_KeyNull_IsAnArgumentError()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.AddEntityAsync(new TableEntity("p", rowKey: null)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.AddEntityAsync(new TableEntity()));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.DeleteEntityAsync("p", rowKey: null!));
    }

    [Fact]
    public async Task SubmitTransaction_Empty_IsAnError() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.SubmitTransactionAsync([]));

    [Theory]
    [InlineData(OrderState.Done)]
    [InlineData('c')]
    public async Task TableEntity_TypeUnknownToTables_IsAnError(object value) =>
        await Assert.ThrowsAsync<NotSupportedException>(() => Table.AddEntityAsync(Row("p", "r", ("Value", value))));

    [Fact]
    public async Task TableEntity_LocalTime_IsAnError() =>
        await Assert.ThrowsAsync<NotSupportedException>(() =>
            Table.AddEntityAsync(Row("p", "r", ("At", DateTime.SpecifyKind(SomeTime.UtcDateTime, DateTimeKind.Local)))));

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task TableEntity_Infinity_IsAnArgumentError(double value)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Table.AddEntityAsync(Row("p", "r", ("Weight", value))));

        Assert.Empty(await RowKeys(filter: null));
    }

    [Fact]
    public async Task AnyWrite_AlreadyCancelled_WritesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.AddEntityAsync(Row("p", "r"), cancelled));

        Assert.Empty(await RowKeys(filter: null));
    }

    [Fact]
    public void SyncMethods_Write_AsTheAsyncOnesDo()
    {
        Assert.Equal(204, Table.AddEntity(Row("p", "r", ("A", 1))).Status);
        Table.UpdateEntity(Row("p", "r", ("B", 2)), ETag.All);
        Table.UpsertEntity(Row("p", "r", ("C", 3)));
        Table.SubmitTransaction([new(TableTransactionActionType.UpsertMerge, Row("p", "r", ("D", 4)))]);

        var row = Table.GetEntity<TableEntity>("p", "r").Value;
        Assert.Equal((1, 2, 3, 4), (row.GetInt32("A"), row.GetInt32("B"), row.GetInt32("C"), row.GetInt32("D")));
        Assert.Single(Table.Query<TableEntity>(entity => entity.PartitionKey == "p"));
        Assert.Equal(204, Table.DeleteEntity(row, row.ETag).Status);
        Assert.False(Table.GetEntityIfExists<TableEntity>("p", "r").HasValue);
    }
}
