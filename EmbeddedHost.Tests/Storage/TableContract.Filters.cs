using System.Globalization;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    [Theory]
    [InlineData("Text eq 'it''s'", "1")]
    [InlineData("Text ne 'it''s'", "2")]
    [InlineData("Text gt 'i'", "1,2")]
    [InlineData("Text ge 'j' and Text lt 'k'", "2")]
    [InlineData("Text eq ''", "")]
    [InlineData("Flag eq true", "1")]
    [InlineData("Flag eq false", "2")]
    [InlineData("not (Flag eq true)", "2,3")]
    [InlineData("Int eq -5", "1")]
    [InlineData("Int gt -5 and Int lt 8", "2")]
    [InlineData("Long eq 5000000000", "1")]
    [InlineData("Long ge 5L", "1,2")]
    [InlineData("Long le 5L", "2")]
    [InlineData("Double gt 1.25", "2")]
    [InlineData("Double eq 1.25", "1")]
    [InlineData("Double lt 1e3", "1,2")]
    [InlineData("Id eq guid'0f8fad5b-d9cb-469f-a165-70867728950e'", "1")]
    [InlineData("At eq datetime'2026-01-31T08:00:00Z'", "1")]
    [InlineData("At gt datetime'2026-01-31T09:00:00+01:00'", "2")]
    [InlineData("Bytes eq X'00ff'", "1")]
    [InlineData("Bytes eq binary'01'", "2")]
    [InlineData("Missing eq 1 or Missing ne 1", "")]
    [InlineData("Int eq 'text'", "")]
    [InlineData("Text ne 5", "")]
    [InlineData("Timestamp gt datetime'2020-01-01T00:00:00Z'", "1,2,3")]
    [InlineData("Timestamp lt datetime'2020-01-01T00:00:00Z'", "")]
    [InlineData("Int eq -5 or Int eq 7 and Flag eq true", "1")]
    [InlineData("(Int eq -5 or Int eq 7) and Flag eq false", "2")]
    [InlineData("not Int eq -5 and Flag eq false", "2")]
    [InlineData("  ( ( Int   eq  7 ) )  ", "2")]
    public async Task Query_FilterOverProperties_FindsTheRows(string filter, string expected)
    {
        await AddOneOfEachType();

        Assert.Equal(expected, string.Join(',', await RowKeys(filter)));
    }

    [Theory]
    [InlineData("Text eq")]
    [InlineData("Text is 'a'")]
    [InlineData("Text eq 'a")]
    [InlineData("(Text eq 'a'")]
    [InlineData("Text eq 'a')")]
    [InlineData("Text eq 'a' and")]
    [InlineData("Int eq 12x")]
    [InlineData("Id eq guid'nonsense'")]
    [InlineData("At eq datetime'yesterday'")]
    [InlineData("Text eq Text")]
    [InlineData("Text eq 'a'; drop")]
    public async Task Query_FilterMalformed_IsRefused(string filter) =>
        await Refused(400, "InvalidInput", () => RowKeys(filter));

    [Fact]
    public async Task CreateQueryFilter_Interpolated_MakesConstants()
    {
        await AddOneOfEachType();
        var culture = CultureInfo.CurrentCulture;

        Assert.Equal(["1"], await RowKeys(TableClient.CreateQueryFilter($"Text eq {"it's"} and Int eq {-5} and Flag eq {true}")));
        Assert.Equal(["1"], await RowKeys(TableClient.CreateQueryFilter($"Long eq {5_000_000_000} and Double eq {1.25}")));
        Assert.Equal(["1"], await RowKeys(TableClient.CreateQueryFilter($"Id eq {new Guid("0f8fad5b-d9cb-469f-a165-70867728950e")}")));
        Assert.Equal(["1"], await RowKeys(TableClient.CreateQueryFilter($"Bytes eq {new byte[] { 0, 255 }}")));
        Assert.Equal(["2"], await RowKeys(TableClient.CreateQueryFilter($"Double eq {3.0}")));
        Assert.Equal(["1"], await RowKeys(TableClient.CreateQueryFilter(
            $"At eq {new DateTimeOffset(2026, 1, 31, 9, 0, 0, TimeSpan.FromHours(1))}")));
        Assert.Equal(culture, CultureInfo.CurrentCulture);
    }

    [Fact]
    public async Task Query_Lambda_FindsTheRows()
    {
        for (var i = 0; i < 4; i++)
        {
            await Table.AddEntityAsync(new Order
            {
                PartitionKey = "p",
                RowKey = $"{i}",
                Lines = i,
                Customer = $"c{i}",
                Paid = i % 2 == 0,
                State = (OrderState)(i % 3),
                Discount = i == 3 ? 10 : null,
                Comment = $"note {i}",
            });
        }

        var two = 2;
        Assert.Equal("2,3", await Find(order => order.PartitionKey == "p" && order.Lines >= two));
        Assert.Equal("0,2", await Find(order => order.Paid));
        Assert.Equal("1,3", await Find(order => !order.Paid));
        Assert.Equal("2", await Find(order => order.State == OrderState.Done));
        Assert.Equal("3", await Find(order => order.Discount > 5));
        Assert.Equal("1", await Find(order => order.Comment == "note 1" || two < order.Lines && order.Lines < 3));
        Assert.Equal("2,3", await Find(order => string.Compare(order.Customer, "c1") > 0));
        Assert.Equal("0,1", await Find(order => order.Customer!.CompareTo("c2") < 0));

        async Task<string> Find(System.Linq.Expressions.Expression<Func<Order, bool>> filter) =>
            string.Join(',', await Table.QueryAsync(filter).Select(order => order.RowKey).ToListAsync());
    }

    [Fact]
    public async Task Query_LambdaOverTableEntity_FindsTheRows()
    {
        await AddOneOfEachType();

        var rows = await Table.QueryAsync<TableEntity>(row => row.GetInt32("Int") == 7 && row.GetString("Text") == "just").ToListAsync();

        Assert.Equal("2", Assert.Single(rows).RowKey);
    }

    private async Task AddOneOfEachType()
    {
        await Table.AddEntityAsync(Row("p", "1",
            ("Text", "it's"), ("Flag", true), ("Int", -5), ("Long", 5_000_000_000), ("Double", 1.25), ("Bytes", new byte[] { 0, 255 }),
            ("Id", new Guid("0f8fad5b-d9cb-469f-a165-70867728950e")), ("At", new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero))));
        await Table.AddEntityAsync(Row("p", "2",
            ("Text", "just"), ("Flag", false), ("Int", 7), ("Long", 5L), ("Double", 3.0), ("Bytes", new byte[] { 1 }),
            ("Id", Guid.Empty), ("At", new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero))));
        await Table.AddEntityAsync(Row("p", "3"));
    }
}
