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
        await Refused(400, "OutOfRangeInput", () => Table.AddEntityAsync(Row(key, "r")), azurite: "InvalidInput");
        await Refused(400, "OutOfRangeInput", () => Table.AddEntityAsync(Row("p", key)), azurite: "InvalidInput");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" spaces ")]
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

        await Refused(400, "KeyValueTooLarge", () => Table.AddEntityAsync(Row(longest + "k", "r")), azurite: "InvalidInput");
        await Refused(400, "KeyValueTooLarge", () => Table.AddEntityAsync(Row("p", longest + "k")), azurite: "InvalidInput");
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
    public async Task SubmitTransaction_LimitBroken_NamesTheAction() =>
        await TransactionRefused(400, "PropertyValueTooLarge", 1,
            new(TableTransactionActionType.Add, Row("p", "r")),
            new(TableTransactionActionType.Add, Row("p", "s", ("Text", new string('x', (32 * 1024) + 1)))));
}
