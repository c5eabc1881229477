using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    public async Task AddEntity_KeyCharacterForbidden_IsRefused(string key)
    {
        await Refused(400, "OutOfRangeInput", () => Table.AddEntityAsync(Row(key, "r")));
        await Refused(400, "OutOfRangeInput", () => Table.UpsertEntityAsync(Row("p", key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("it's a key, with 'quotes' & spaces: % + = .")]
    [InlineData("Ünï¢ødé 中文 😀")]
    public async Task AddEntity_KeyUnusual_IsFoundAgain(string key)
    {
        await Table.AddEntityAsync(Row(key, key, ("A", 1)));

        Assert.Equal(1, (await Get(key, key)).GetInt32("A"));
        Assert.Equal([key], await RowKeys(TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}")));
    }

    [Fact]
    public async Task AddEntity_KeyOfOneKibibyte_IsTheLongest()
    {
        var longest = new string('k', 512);
        await Table.AddEntityAsync(Row(longest, longest));

        await Refused(400, "KeyValueTooLarge", () => Table.AddEntityAsync(Row(longest + "k", "r")));
        await Refused(400, "KeyValueTooLarge", () => Table.AddEntityAsync(Row("p", longest + "k")));
    }

    [Fact]
    public async Task AddEntity_KeyNull_IsAnArgumentError()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.AddEntityAsync(new TableEntity("p", rowKey: null)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.AddEntityAsync(new TableEntity()));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Table.GetEntityAsync<TableEntity>("p", rowKey: null!));
    }

    [Theory]
    [InlineData("1st")]
    [InlineData("a-b")]
    [InlineData("a b")]
    [InlineData("a.b")]
    public async Task AddEntity_PropertyNameInvalid_IsRefused(string name) =>
        await Refused(400, "PropertyNameInvalid", () => Table.AddEntityAsync(Row("p", "r", (name, 1))));

    [Fact]
    public async Task AddEntity_PropertyNameOf255_IsTheLongest()
    {
        await Table.AddEntityAsync(Row("p", "r", (new string('n', 255), 1)));

        await Refused(400, "PropertyNameTooLong", () => Table.AddEntityAsync(Row("p", "s", (new string('n', 256), 1))));
    }

    [Fact]
    public async Task AddEntity_ValueOf64Kibibytes_IsTheLargest()
    {
        await Table.AddEntityAsync(Row("p", "r", ("Text", new string('ü', 32 * 1024)), ("Bytes", new byte[64 * 1024])));

        Assert.Equal(32 * 1024, (await Get("p", "r")).GetString("Text").Length);
        await Refused(400, "PropertyValueTooLarge", () => Table.AddEntityAsync(Row("p", "s", ("Text", new string('x', (32 * 1024) + 1)))));
        await Refused(400, "PropertyValueTooLarge", () => Table.AddEntityAsync(Row("p", "s", ("Bytes", new byte[(64 * 1024) + 1]))));
    }

    [Fact]
    public async Task AddEntity_252Properties_AreTheMost()
    {
        var row = Row("p", "r", Numbered(252, 0));
        await Table.AddEntityAsync(row);
        row["OneMore"] = 1;

        await Refused(400, "TooManyProperties", () => Table.AddEntityAsync(row));
        await Refused(400, "TooManyProperties", () => Table.UpsertEntityAsync(Row("p", "r", ("OneMore", 1))));
        await Refused(400, "TooManyProperties", () => Table.UpdateEntityAsync(Row("p", "r", ("OneMore", 1)), ETag.All));
        await Table.UpsertEntityAsync(Row("p", "r", ("P0", 2)));
    }

    [Fact]
    public async Task AddEntity_OverOneMebibyte_IsRefused()
    {
        await Table.AddEntityAsync(Row("p", "r", Numbered(15, new byte[64 * 1024])));

        await Refused(400, "EntityTooLarge", () => Table.AddEntityAsync(Row("p", "s", Numbered(16, new byte[64 * 1024]))));
        await Refused(400, "EntityTooLarge", () => Table.UpsertEntityAsync(Row("p", "r", ("More", new byte[64 * 1024]))));
    }

    [Fact]
    public async Task AddEntity_TimeBefore1601_IsRefused() => await Refused(400, "OutOfRangeInput", () =>
        Table.AddEntityAsync(Row("p", "r", ("At", new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero)))));

    [Fact]
    public async Task SubmitTransaction_LimitBroken_NamesTheAction() =>
        await TransactionRefused(400, "PropertyNameInvalid", 1,
            new(TableTransactionActionType.Add, Row("p", "r")),
            new(TableTransactionActionType.Add, Row("p", "s", ("a-b", 1))));

    private static (string Name, object Value)[] Numbered(int count, object value) =>
        [.. Enumerable.Range(0, count).Select(i => ($"P{i}", value))];
}
