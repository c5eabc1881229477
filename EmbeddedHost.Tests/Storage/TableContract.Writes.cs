using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    [Fact]
    public async Task AddEntity_NewRow_CanBeRead()
    {
        var answer = await Table.AddEntityAsync(Row("p", "r", ("Name", "Ada")));

        var row = await Get("p", "r");
        Assert.Equal(204, answer.Status);
        Assert.Equal(answer.Headers.ETag, row.ETag);
        Assert.Equal("Ada", row.GetString("Name"));
        Assert.NotNull(row.Timestamp);
        Assert.Matches(@"^W/""datetime'\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\d\.\d{7}Z'""$", row.ETag.ToString());
    }

    [Fact]
    public async Task AddEntity_RowExists_IsRefusedAndChangesNothing()
    {
        await Table.AddEntityAsync(Row("p", "r", ("Name", "first")));

        var refusal = await Refused(409, "EntityAlreadyExists", () => Table.AddEntityAsync(Row("p", "r", ("Name", "second"))));

        Assert.Equal(409, refusal.GetRawResponse()!.Status);
        Assert.Equal("first", (await Get("p", "r")).GetString("Name"));
    }

    [Fact]
    public async Task GetEntity_RowMissing_IsRefused()
    {
        await Refused(404, "ResourceNotFound", () => Get("p", "r"));

        var answer = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.False(answer.HasValue);
        Assert.Equal(404, answer.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => answer.Value);
    }

    [Fact]
    public async Task GetEntityIfExists_RowExists_HasIt()
    {
        await Table.AddEntityAsync(Row("p", "r"));

        var answer = await Table.GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.True(answer.HasValue);
        Assert.Equal("r", answer.Value!.RowKey);
    }

    [Fact]
    public async Task GetEntity_Select_ReturnsOnlyWhatIsNamed()
    {
        await Table.AddEntityAsync(Row("p", "r", ("A", 1), ("B", 2)));

        var row = (await Table.GetEntityAsync<TableEntity>("p", "r", ["B"])).Value;

        Assert.Equal(2, row.GetInt32("B"));
        Assert.Null(row["A"]);
        Assert.Null(row.PartitionKey);
        Assert.Null(row.RowKey);
        Assert.NotEqual(default, row.ETag);
    }

    [Fact]
    public async Task UpsertEntity_Merge_KeepsWhatTheEntityLacks()
    {
        await Table.UpsertEntityAsync(Row("p", "r", ("A", 1), ("B", 2)));
        await Table.UpsertEntityAsync(Row("p", "r", ("B", "two"), ("C", 3)));

        var row = await Get("p", "r");
        Assert.Equal((1, "two", 3), (row.GetInt32("A"), row.GetString("B"), row.GetInt32("C")));
    }

    [Fact]
    public async Task UpsertEntity_Replace_DropsWhatTheEntityLacks()
    {
        await Table.UpsertEntityAsync(Row("p", "r", ("A", 1), ("B", 2)), TableUpdateMode.Replace);
        await Table.UpsertEntityAsync(Row("p", "r", ("B", 3)), TableUpdateMode.Replace);

        var row = await Get("p", "r");
        Assert.False(row.ContainsKey("A"));
        Assert.Equal(3, row.GetInt32("B"));
    }

    [Fact]
    public async Task UpdateEntity_Modes_MergeOrReplace()
    {
        await Table.AddEntityAsync(Row("p", "r", ("A", 1), ("B", 2)));

        await Table.UpdateEntityAsync(Row("p", "r", ("C", 3)), ETag.All);
        Assert.Equal(["A", "B", "C"], await Properties());

        await Table.UpdateEntityAsync(Row("p", "r", ("D", 4)), ETag.All, TableUpdateMode.Replace);
        Assert.Equal(["D"], await Properties());

        async Task<IEnumerable<string>> Properties() =>
            (await Get("p", "r")).Keys.Where(name => name.Length == 1).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task UpdateEntity_RowMissing_IsRefused()
    {
        await Refused(404, "ResourceNotFound", () => Table.UpdateEntityAsync(Row("p", "r"), ETag.All));
        await Refused(404, "ResourceNotFound", () => Table.UpdateEntityAsync(Row("p", "r"), ETag.All, TableUpdateMode.Replace));
    }

    [Fact]
    public async Task DeleteEntity_Row_IsGone()
    {
        await Table.AddEntityAsync(Row("p", "r"));
        await Table.AddEntityAsync(Row("p", "other"));

        Assert.Equal(204, (await Table.DeleteEntityAsync("p", "r")).Status);
        Assert.Equal(404, (await Table.DeleteEntityAsync("p", "r")).Status);

        Assert.Equal(["other"], await RowKeys(filter: null));
    }
}
