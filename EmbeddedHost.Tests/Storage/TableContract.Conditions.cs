using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    [Fact]
    public async Task ETag_EachWrite_IsNew()
    {
        var tags = new HashSet<ETag?> { (await Table.AddEntityAsync(Row("p", "r"))).Headers.ETag };
        for (var i = 0; i < 20; i++)
        {
            Assert.True(tags.Add((await Table.UpsertEntityAsync(Row("p", "r"))).Headers.ETag));
        }
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task UpdateEntity_ETagOfEarlierVersion_IsRefused(TableUpdateMode mode)
    {
        await Table.AddEntityAsync(Row("p", "r", ("N", 0)));
        var stale = await Get("p", "r");
        var second = await Table.UpdateEntityAsync(Row("p", "r", ("N", 1)), stale.ETag, mode);

        await Refused(412, "UpdateConditionNotSatisfied", () => Table.UpdateEntityAsync(Row("p", "r", ("N", 2)), stale.ETag, mode));

        Assert.Equal(1, (await Get("p", "r")).GetInt32("N"));
        await Table.UpdateEntityAsync(Row("p", "r", ("N", 3)), second.Headers.ETag!.Value, mode);
        Assert.Equal(3, (await Get("p", "r")).GetInt32("N"));
    }

    [Fact]
    public async Task DeleteEntity_ETagOfEarlierVersion_IsRefused()
    {
        await Table.AddEntityAsync(Row("p", "r"));
        var stale = await Get("p", "r");
        await Table.UpsertEntityAsync(Row("p", "r"));

        await Refused(412, "UpdateConditionNotSatisfied", () => Table.DeleteEntityAsync("p", "r", stale.ETag));
        await Refused(412, "UpdateConditionNotSatisfied", () => Table.DeleteEntityAsync(stale, stale.ETag));

        Assert.Equal(204, (await Table.DeleteEntityAsync(stale)).Status);
    }

    [Theory]
    [InlineData("W/\"datetime'2020-01-31T08%3A00%3A00.0000000Z'\"")]
    [InlineData("W/\"datetime'2020-01-31T08%3A00%3A00Z'\"")]
    public async Task UpdateEntity_ETagOfAnotherTime_IsRefused(string etag)
    {
        await Table.AddEntityAsync(Row("p", "r"));

        await Refused(412, "UpdateConditionNotSatisfied", () => Table.UpdateEntityAsync(Row("p", "r"), new ETag(etag)));
    }

    [Fact]
    public async Task UpdateEntity_ETagMalformed_IsRefused()
    {
        await Table.AddEntityAsync(Row("p", "r"));

        await Refused(400, "InvalidInput", () => Table.UpdateEntityAsync(Row("p", "r"), new ETag("nonsense")), azurite: "InvalidOperation");
    }

    [Fact]
    public async Task UpdateEntity_ManyAtOnceOnOneRow_NoneIsLost()
    {
        const int writers = 64;
        await Table.AddEntityAsync(Row("p", "r", ("N", 0)));

        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(Increment)));

        Assert.Equal(writers, (await Get("p", "r")).GetInt32("N"));

        async Task Increment()
        {
            while (true)
            {
                var row = await Get("p", "r");
                row["N"] = row.GetInt32("N") + 1;
                try
                {
                    await Table.UpdateEntityAsync(row, row.ETag);
                    return;
                }
                catch (RequestFailedException e) when (e.Status == 412)
                {
                    // Another writer was first: read again.
                }
            }
        }
    }

    [Fact]
    public async Task AddEntity_ManyAtOnceOfOneRow_OneWins()
    {
        var won = 0;

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            try
            {
                await Table.AddEntityAsync(Row("gate", "decision", ("By", i)));
                Interlocked.Increment(ref won);
            }
            catch (RequestFailedException e) when (e.ErrorCode == "EntityAlreadyExists")
            {
                // Someone else decided.
            }
        })));

        Assert.Equal(1, won);
    }

    [Fact]
    public async Task Timestamp_EachWrite_IsThatOfItsETagAndGrows()
    {
        await Table.AddEntityAsync(Row("p", "r"));
        var first = await Get("p", "r");
        await Table.UpsertEntityAsync(Row("p", "r"));
        var second = await Get("p", "r");

        Assert.True(second.Timestamp > first.Timestamp);
        Assert.Equal($"W/\"datetime'{Uri.EscapeDataString($"{second.Timestamp!.Value.UtcDateTime:O}")}'\"", second.ETag.ToString());
    }

    [Fact]
    public async Task ETag_RowDeletedAndAddedAgain_IsNotTheOldOne()
    {
        await Table.AddEntityAsync(Row("p", "r"));
        var old = await Get("p", "r");
        await Table.DeleteEntityAsync("p", "r");
        await Table.AddEntityAsync(Row("p", "r"));

        await Refused(412, "UpdateConditionNotSatisfied", () => Table.UpdateEntityAsync(Row("p", "r"), old.ETag));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task UpdateEntity_RowDeleted_IsRefusedWhateverItsETag(TableUpdateMode mode)
    {
        await Table.AddEntityAsync(Row("p", "r"));
        var old = await Get("p", "r");
        await Table.DeleteEntityAsync("p", "r");

        await Refused(404, "ResourceNotFound", () => Table.UpdateEntityAsync(old, old.ETag, mode));
        Assert.Equal(404, (await Table.DeleteEntityAsync(old, old.ETag)).Status);
    }
}
