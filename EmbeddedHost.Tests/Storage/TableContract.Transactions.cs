using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    [Fact]
    public async Task SubmitTransaction_AllKinds_AreApplied()
    {
        await Table.SubmitTransactionAsync([
            new(TableTransactionActionType.Add, Row("p", "merged", ("A", 1))),
            new(TableTransactionActionType.Add, Row("p", "replaced", ("A", 1))),
            new(TableTransactionActionType.Add, Row("p", "deleted"))]);
        var merged = await Get("p", "merged");

        var answer = await Table.SubmitTransactionAsync([
            new(TableTransactionActionType.UpdateMerge, Row("p", "merged", ("B", 2)), merged.ETag),
            new(TableTransactionActionType.UpdateReplace, Row("p", "replaced", ("B", 2)), ETag.All),
            new(TableTransactionActionType.Delete, Row("p", "deleted")),
            new(TableTransactionActionType.UpsertMerge, Row("p", "upserted", ("B", 2))),
            new(TableTransactionActionType.UpsertReplace, Row("p", "added", ("B", 2)))]);

        Assert.Equal(202, answer.GetRawResponse().Status);
        Assert.Equal(5, answer.Value.Count);
        Assert.All(answer.Value, one => Assert.Equal(204, one.Status));
        Assert.Equal(["added", "merged", "replaced", "upserted"], await RowKeys(filter: null));
        Assert.True((await Get("p", "merged")).ContainsKey("A"));
        Assert.False((await Get("p", "replaced")).ContainsKey("A"));
        Assert.Equal(answer.Value[0].Headers.ETag, (await Get("p", "merged")).ETag);
    }

    [Fact]
    public async Task SubmitTransaction_OneActionRefused_WritesNothing()
    {
        await Table.AddEntityAsync(Row("p", "r2", ("N", 0)));

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync([
            new(TableTransactionActionType.Add, Row("p", "r1")),
            new(TableTransactionActionType.UpsertReplace, Row("p", "r2", ("N", 1))),
            new(TableTransactionActionType.UpdateMerge, Row("p", "r3"), ETag.All),
            new(TableTransactionActionType.Add, Row("p", "r4"))]));

        Assert.Equal((404, "ResourceNotFound", 2), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Equal(["r2"], await RowKeys(filter: null));
        Assert.Equal(0, (await Get("p", "r2")).GetInt32("N"));
    }

    [Fact]
    public async Task SubmitTransaction_SomeOfManyAtOnceRefused_OthersAreWrittenWhole()
    {
        await Table.AddEntityAsync(Row("p", "taken"));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            var second = i % 2 == 0 ? "taken" : $"{i:00}-b";
            try
            {
                await Table.SubmitTransactionAsync([
                    new(TableTransactionActionType.Add, Row("p", $"{i:00}-a")),
                    new(TableTransactionActionType.Add, Row("p", second))]);
            }
            catch (TableTransactionFailedException e) when (e.FailedTransactionActionIndex == 1)
            {
                Assert.Equal(0, i % 2);
            }
        })));

        var expected = Enumerable.Range(0, 40).Where(i => i % 2 == 1).SelectMany(i => new[] { $"{i:00}-a", $"{i:00}-b" });
        Assert.Equal([.. expected, "taken"], await RowKeys(filter: null));
    }

    [Fact]
    public async Task SubmitTransaction_ConditionNotMet_IsRefused()
    {
        await Table.AddEntityAsync(Row("p", "r"));
        var stale = await Get("p", "r");
        await Table.UpsertEntityAsync(stale);

        await TransactionRefused(412, "UpdateConditionNotSatisfied", 1,
            new(TableTransactionActionType.Add, Row("p", "s")),
            new(TableTransactionActionType.UpdateReplace, stale, stale.ETag));
        await TransactionRefused(412, "UpdateConditionNotSatisfied", 0, new TableTransactionAction(TableTransactionActionType.Delete, stale, stale.ETag));
    }

    [Fact]
    public async Task SubmitTransaction_DeletedRowMissing_IsRefused() =>
        await TransactionRefused(404, "ResourceNotFound", 0, new TableTransactionAction(TableTransactionActionType.Delete, Row("p", "r"), ETag.All));

    [Fact]
    public async Task SubmitTransaction_UpdateWithoutETag_UpsertsAsTheServiceDoes()
    {
        await Table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateMerge, Row("p", "r", ("A", 1)))]);

        Assert.Equal(1, (await Get("p", "r")).GetInt32("A"));
    }

    [Fact]
    public async Task SubmitTransaction_OneRowTwice_IsRefused() =>
        await TransactionRefused(400, "InvalidDuplicateRow", 1,
            new(TableTransactionActionType.Add, Row("p", "r")),
            new(TableTransactionActionType.UpsertMerge, Row("p", "r")));

    [Fact]
    public async Task SubmitTransaction_HundredActions_AreWritten()
    {
        var actions = Enumerable.Range(0, 100)
            .Select(i => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row("p", $"{i:000}")))
            .ToList();

        Assert.Equal(100, (await Table.SubmitTransactionAsync(actions)).Value.Count);
    }

    [Fact]
    public async Task SubmitTransaction_OverFourMegabytes_IsRefused()
    {
        var big = new byte[60_000];
        var actions = Enumerable.Range(0, 5).Select(row => new TableTransactionAction(
            TableTransactionActionType.Add,
            Row("p", $"{row}", [.. Enumerable.Range(0, 15).Select(i => ($"B{i}", (object)big))])));

        await Refused(413, "RequestBodyTooLarge", () => Table.SubmitTransactionAsync(actions));
    }

    [Fact]
    public async Task SubmitTransaction_LastActionRefused_UndoesEveryKind()
    {
        foreach (var key in new[] { "merged", "replaced", "deleted", "taken" })
        {
            await Table.AddEntityAsync(Row("p", key, ("A", 1)));
        }

        await TransactionRefused(409, "EntityAlreadyExists", 4,
            new(TableTransactionActionType.UpdateMerge, Row("p", "merged", ("B", 2)), ETag.All),
            new(TableTransactionActionType.UpdateReplace, Row("p", "replaced", ("B", 2)), ETag.All),
            new(TableTransactionActionType.Delete, Row("p", "deleted"), ETag.All),
            new(TableTransactionActionType.UpsertReplace, Row("p", "added")),
            new(TableTransactionActionType.Add, Row("p", "taken")));

        Assert.False((await Get("p", "merged")).ContainsKey("B"));
        Assert.Equal(1, (await Get("p", "replaced")).GetInt32("A"));
    }

    [Fact]
    public async Task SubmitTransaction_KeysUnusual_AreWritten()
    {
        const string key = "it's 100% ok, & 'quoted' ü";
        await Table.SubmitTransactionAsync([
            new(TableTransactionActionType.Add, Row(key, key)),
            new(TableTransactionActionType.UpsertMerge, Row(key, "other", ("Text", "{\"a\": 'b'}\r\nc")))]);

        Assert.Equal("{\"a\": 'b'}\r\nc", (await Get(key, "other")).GetString("Text"));
        Assert.Equal([key, "other"], await RowKeys(filter: null));
    }
}
