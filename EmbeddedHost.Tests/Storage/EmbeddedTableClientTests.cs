using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>What the client library sees to before anything is sent: arguments, cancellation, the blocking methods.</summary>
public sealed class EmbeddedTableClientTests(EmbeddedTableFixture embedded) : TableTests(embedded.Tables.Client), IClassFixture<EmbeddedTableFixture>
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
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.GetEntityAsync<TableEntity>("p", rowKey: null!));
    }

    [Fact]
    public async Task Query_FilterThatFewRowsMeet_EndsAPageAfterAThousandRowsAndFindsThemAll()
    {
        const int Rows = 2_500;
        foreach (var batch in Enumerable.Range(0, Rows).Chunk(100))
        {
            _ = await Table.SubmitTransactionAsync(batch.Select(static i =>
                new TableTransactionAction(TableTransactionActionType.Add, Row("p", $"{i:D4}", ("IsLast", i == Rows - 1)))));
        }

        var pages = await Table.QueryAsync<TableEntity>("IsLast eq true").AsPages().ToListAsync();

        Assert.Equal([0, 0, 1], pages.Select(static page => page.Values.Count));
        Assert.Null(pages[^1].ContinuationToken);
    }

    [Fact]
    public async Task SubmitTransaction_Empty_IsAnError() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.SubmitTransactionAsync([]));

    [Theory]
    [InlineData(1.5f)]
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
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Table.AddEntityAsync(Row("p", "r", ("Weight", value))));

        Assert.Contains("'Weight'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await RowKeys(filter: null));
    }

    [Fact]
    public void TableEntity_GetterOfAnotherType_IsAnError()
    {
        var row = Row("p", "r", ("Int", 5), ("Bytes", BinaryData.FromString("abc")));

        Assert.Throws<InvalidOperationException>(() => row.GetInt64("Int"));
        Assert.Throws<InvalidOperationException>(() => row.GetBinary("Bytes"));
    }

    [Fact]
    public void TableEntity_AddTwice_KeepsTheLast()
    {
        var row = Row("p", "r", ("A", 1));
        row.Add("A", 2);

        Assert.Equal(2, row.GetInt32("A"));
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
