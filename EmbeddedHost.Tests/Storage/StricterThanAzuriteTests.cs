using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>Published rules of the service that its emulator does not keep: they are no part of the contract that both are held to.</summary>
public sealed class StricterThanAzuriteTests(EmbeddedTableFixture embedded) : TableTests(embedded.Tables.Client), IClassFixture<EmbeddedTableFixture>
{
    // Azurite takes any name of any length.
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

    // Azurite does not count properties.
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

    // Azurite looks at the size of an update's body, at no entity's.
    [Fact]
    public async Task AddEntity_OverOneMebibyte_IsRefused()
    {
        await Table.AddEntityAsync(Row("p", "r", Numbered(15, new byte[64 * 1024])));

        await Refused(400, "EntityTooLarge", () => Table.AddEntityAsync(Row("p", "s", Numbered(16, new byte[64 * 1024]))));
        await Refused(400, "EntityTooLarge", () => Table.UpsertEntityAsync(Row("p", "r", ("More", new byte[64 * 1024]))));
    }

    // Azurite takes any time.
    [Fact]
    public async Task AddEntity_TimeBefore1601_IsRefused() => await Refused(400, "OutOfRangeInput", () =>
        Table.AddEntityAsync(Row("p", "r", ("At", new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero)))));

    // Azurite takes an escaped slash in an entity's address for one of the path.
    [Fact]
    public async Task UpsertEntity_KeyWithSlash_IsRefused() =>
        await Refused(400, "OutOfRangeInput", () => Table.UpsertEntityAsync(Row("p", "a/b")));

    // Azurite writes a transaction over two partitions.
    [Fact]
    public async Task SubmitTransaction_TwoPartitions_IsRefused() =>
        await TransactionRefused(400, "CommandsInBatchActOnDifferentPartitions", 1,
            new(TableTransactionActionType.Add, Row("p", "r")),
            new(TableTransactionActionType.Add, Row("q", "r")));

    // Azurite refuses it too, in a form that the client library cannot read.
    [Fact]
    public async Task SubmitTransaction_Over100Actions_IsRefused() => await Refused(400, "InvalidInput", () => Table.SubmitTransactionAsync(
        Enumerable.Range(0, 101).Select(i => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row("p", $"{i:000}")))));

    // Azurite compares a GUID letter by letter, an Int64 only where its constant ends in L, a string with a number, and reads no exponents.
    [Theory]
    [InlineData("Id eq guid'0F8FAD5B-D9CB-469F-A165-70867728950E'", "r")]
    [InlineData("Long eq 5000000000", "r")]
    [InlineData("Double lt 1e3", "r")]
    [InlineData("Text ne 5", "")]
    public async Task Query_FilterOverProperties_ComparesByType(string filter, string expected)
    {
        await Table.AddEntityAsync(Row("p", "r",
            ("Id", new Guid("0f8fad5b-d9cb-469f-a165-70867728950e")), ("Long", 5_000_000_000), ("Double", 1.25), ("Text", "text")));

        Assert.Equal(expected, string.Join(',', await RowKeys(filter)));
    }

    // Azurite reads these as filters that nothing matches.
    [Theory]
    [InlineData("Text eq 'a")]
    [InlineData("Int eq 12x")]
    [InlineData("Id eq guid'nonsense'")]
    [InlineData("At eq datetime'yesterday'")]
    [InlineData("Text eq Text")]
    public async Task Query_FilterConstantMalformed_IsRefused(string filter) =>
        await Refused(400, "InvalidInput", () => RowKeys(filter));

    // Azurite does not count comparisons.
    [Fact]
    public async Task Query_Filter15Comparisons_AreTheMost()
    {
        await Table.AddEntityAsync(Row("p", "r"));
        var most = string.Join(" or ", Enumerable.Repeat("RowKey eq 'r'", 15));

        Assert.Equal(["r"], await RowKeys(most));
        await Refused(400, "InvalidInput", () => RowKeys(most + " or RowKey eq 's'"));
    }

    private static (string Name, object Value)[] Numbered(int count, object value) =>
        [.. Enumerable.Range(0, count).Select(i => ($"P{i}", value))];
}
