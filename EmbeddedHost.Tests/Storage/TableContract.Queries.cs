using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    [Fact]
    public async Task Query_NoFilter_OrdersByKeysOrdinally()
    {
        foreach (var (partition, row) in new[] { ("b", "1"), ("a", "b"), ("a", "B"), ("B", "1"), ("a", "10"), ("a", "2") })
        {
            await Table.AddEntityAsync(Row(partition, row));
        }

        var keys = await Table.QueryAsync<TableEntity>().Select(row => row.PartitionKey + row.RowKey).ToListAsync();

        Assert.Equal(["B1", "a10", "a2", "aB", "ab", "b1"], keys);
    }

    [Theory]
    [InlineData("PartitionKey eq 'b'", "3,4,5")]
    [InlineData("PartitionKey eq 'b' and RowKey eq '4'", "4")]
    [InlineData("PartitionKey eq 'b' and RowKey ge '4'", "4,5")]
    [InlineData("PartitionKey eq 'b' and RowKey gt '3' and RowKey lt '5'", "4")]
    [InlineData("PartitionKey gt 'a' and PartitionKey lt 'c'", "3,4,5")]
    [InlineData("PartitionKey ge 'b' and PartitionKey le 'c' and RowKey gt '4'", "5,6,7,8")]
    [InlineData("RowKey gt '2' and RowKey le '6'", "3,4,5,6")]
    [InlineData("PartitionKey eq 'a' or PartitionKey eq 'c'", "0,1,2,6,7,8")]
    [InlineData("PartitionKey ne 'b'", "0,1,2,6,7,8")]
    [InlineData("PartitionKey eq 'a' and PartitionKey eq 'b'", "")]
    [InlineData("PartitionKey gt 'a' and PartitionKey gt 'b'", "6,7,8")]
    [InlineData("PartitionKey eq 'b' and N ge 4", "4,5")]
    [InlineData("not (PartitionKey eq 'b')", "0,1,2,6,7,8")]
    [InlineData("PartitionKey eq 5", "")]
    public async Task Query_FilterOverKeys_FindsTheRows(string filter, string expected)
    {
        await AddNine();

        Assert.Equal(expected, string.Join(',', await RowKeys(filter)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(100)]
    public async Task Query_Pages_CoverEverythingOnce(int size)
    {
        await AddNine();

        foreach (var filter in new[] { "", "N ge 0", "PartitionKey ge 'a'", "PartitionKey ge 'a' and RowKey ge '0' and N lt 100" })
        {
            var pages = await Table.QueryAsync<TableEntity>(filter, maxPerPage: size).AsPages().ToListAsync();

            Assert.Equal((9 + size - 1) / size, pages.Count);
            Assert.All(pages, page => Assert.InRange(page.Values.Count, 1, size));
            Assert.Equal("012345678", string.Concat(pages.SelectMany(page => page.Values).Select(row => row.RowKey)));
            Assert.Null(pages[^1].ContinuationToken);
        }
    }

    [Fact]
    public async Task Query_ContinuationToken_GoesOnWhereThePageEnded()
    {
        await AddNine();
        const string filter = "PartitionKey eq 'b'";
        var first = await Table.QueryAsync<TableEntity>(filter).AsPages(pageSizeHint: 2).FirstAsync();

        var rest = await Table.QueryAsync<TableEntity>(filter).AsPages(first.ContinuationToken).ToListAsync();

        Assert.Equal(["3", "4"], first.Values.Select(row => row.RowKey));
        Assert.Equal(["5"], rest.SelectMany(page => page.Values).Select(row => row.RowKey));
    }

    [Fact]
    public async Task Query_MoreThanAThousandRows_ComeInPagesOfAThousand()
    {
        for (var i = 0; i < 11; i++)
        {
            await Table.SubmitTransactionAsync(Enumerable.Range(0, 100)
                .Select(j => new TableTransactionAction(TableTransactionActionType.Add, Row("p", $"{i:00}-{j:00}"))));
        }

        var pages = await Table.QueryAsync<TableEntity>().AsPages().ToListAsync();

        Assert.Equal([1000, 100], pages.Select(page => page.Values.Count));
    }

    [Fact]
    public async Task Query_NothingFound_GivesOneEmptyPage()
    {
        var page = Assert.Single(await Table.QueryAsync<TableEntity>("PartitionKey eq 'none'").AsPages().ToListAsync());

        Assert.Empty(page.Values);
        Assert.Null(page.ContinuationToken);
    }

    [Fact]
    public async Task Query_Select_ReturnsOnlyWhatIsNamed()
    {
        await Table.AddEntityAsync(Row("p", "r", ("Customer", "Ada"), ("Lines", 2)));

        var row = await Table.QueryAsync<TableEntity>(select: ["RowKey", "Lines"]).SingleAsync();

        Assert.Equal((null, "r", null, 2), (row.PartitionKey, row.RowKey, row["Customer"], row.GetInt32("Lines")));
        Assert.NotEqual(default, row.ETag);
    }

    private async Task AddNine()
    {
        for (var i = 0; i < 9; i++)
        {
            await Table.AddEntityAsync(Row("abc".Substring(i / 3, 1), $"{i}", ("N", i)));
        }
    }

    [Theory]
    [InlineData(1, "1", "4", "7")]
    [InlineData(2, "14", "7")]
    [InlineData(3, "147")]
    public async Task Query_PagesOfFilteredRows_HoldOnlyThoseThatMatch(int size, params string[] expected)
    {
        await AddNine();

        var pages = await Table.QueryAsync<TableEntity>("N eq 1 or N eq 4 or N eq 7", maxPerPage: size).AsPages().ToListAsync();

        Assert.Equal(expected, pages.Select(page => string.Concat(page.Values.Select(row => row.RowKey))));
    }

    [Fact]
    public async Task Query_RowsChangeBetweenPages_GoesOnAfterTheLastOne()
    {
        await AddNine();
        var first = await Table.QueryAsync<TableEntity>("PartitionKey eq 'b'").AsPages(pageSizeHint: 2).FirstAsync();
        await Table.DeleteEntityAsync("b", "5");
        await Table.AddEntityAsync(Row("b", "6"));
        await Table.AddEntityAsync(Row("b", "1"));

        var rest = await Table.QueryAsync<TableEntity>("PartitionKey eq 'b'").AsPages(first.ContinuationToken).ToListAsync();

        Assert.Equal(["6"], rest.SelectMany(page => page.Values).Select(row => row.RowKey));
    }

    [Fact]
    public async Task Query_SelectWhatRowsLack_GivesRowsWithoutIt()
    {
        await Table.AddEntityAsync(Row("p", "r", ("A", 1)));
        await Table.AddEntityAsync(Row("p", "s", ("B", 2)));

        var rows = await Table.QueryAsync<TableEntity>(select: ["RowKey", "B"]).ToListAsync();

        Assert.Equal(["r", "s"], rows.Select(row => row.RowKey));
        Assert.Equal([null, 2], rows.Select(row => row.GetInt32("B")));
    }

    [Fact]
    public async Task Query_PagesOfUnusualKeys_CoverEverythingOnce()
    {
        string[] keys = ["", "100% & + '", "a b", "ü中"];
        foreach (var key in keys)
        {
            await Table.AddEntityAsync(Row(key, "'quoted'"));
            await Table.AddEntityAsync(Row(key, "ümlaut=1&b"));
        }

        var pages = await Table.QueryAsync<TableEntity>(maxPerPage: 1).AsPages().ToListAsync();

        Assert.Equal(keys.SelectMany(key => new[] { key, key }), pages.Select(page => Assert.Single(page.Values).PartitionKey));
    }

    [Fact]
    public async Task Query_FilterOverWhatIsNotSelected_StillFilters()
    {
        await AddNine();

        var row = await Table.QueryAsync<TableEntity>("N eq 4", select: ["PartitionKey"]).SingleAsync();

        Assert.Equal(("b", null), (row.PartitionKey, row["N"]));
    }
}
