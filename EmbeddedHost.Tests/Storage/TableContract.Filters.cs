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
    [InlineData("Text eq 'JUST'", "")]
    [InlineData("Text gt 'Z'", "1,2")]
    [InlineData("Text lt 'just'", "1")]
    [InlineData("Text le 'just'", "1,2")]
    [InlineData("Flag eq true", "1")]
    [InlineData("Flag ne true", "2")]
    [InlineData("Flag eq false", "2")]
    [InlineData("not (Flag eq true)", "2,3")]
    [InlineData("Int eq -5", "1")]
    [InlineData("Int ne -5", "2")]
    [InlineData("Int ge -5", "1,2")]
    [InlineData("Int le -5", "1")]
    [InlineData("Int gt -5 and Int lt 8", "2")]
    [InlineData("Long ge 5L", "1,2")]
    [InlineData("Long le 5L", "2")]
    [InlineData("Long gt 10L", "1")]
    [InlineData("Long ne 5L", "1")]
    [InlineData("Long lt -1L", "")]
    [InlineData("Double ge 1.25 and Double le 1.25", "1")]
    [InlineData("Double ne 1.25", "2")]
    [InlineData("Double gt -1.5", "1,2")]
    [InlineData("Double gt 1.25", "2")]
    [InlineData("Double eq 1.25", "1")]
    [InlineData("Id eq guid'0f8fad5b-d9cb-469f-a165-70867728950e'", "1")]
    [InlineData("Id ne guid'0f8fad5b-d9cb-469f-a165-70867728950e'", "2")]
    [InlineData("At ne datetime'2026-01-31T08:00:00Z'", "2")]
    [InlineData("At ge datetime'2026-01-31T08:00:00Z' and At lt datetime'2026-02-01T00:00:00Z'", "1")]
    [InlineData("At le datetime'2026-01-31T08:00:00.0000001Z'", "1")]
    [InlineData("At eq datetime'2026-01-31T08:00:00Z'", "1")]
    [InlineData("At gt datetime'2026-01-31T09:00:00+01:00'", "2")]
    [InlineData("Bytes eq X'00ff'", "1")]
    [InlineData("Bytes eq binary'01'", "2")]
    [InlineData("Bytes ne X'00ff'", "2")]
    [InlineData("Missing eq 1 or Missing ne 1", "")]
    [InlineData("Int eq 'text'", "")]
    [InlineData("Timestamp gt datetime'2020-01-01T00:00:00Z'", "1,2,3")]
    [InlineData("Timestamp lt datetime'2020-01-01T00:00:00Z'", "")]
    [InlineData("Int eq -5 or Int eq 7 and Flag eq true", "1")]
    [InlineData("(Int eq -5 or Int eq 7) and Flag eq false", "2")]
    [InlineData("not Int eq -5 and Flag eq false", "2")]
    [InlineData("5 lt Int", "2")]
    [InlineData("not (Int eq -5 or Int eq 7)", "3")]
    [InlineData("not (not (Int eq 7))", "2")]
    [InlineData("RowKey eq '3' or Int eq -5", "1,3")]
    [InlineData("  ( ( Int   eq  7 ) )  ", "2")]
    public async Task Query_FilterOverProperties_FindsTheRows(string filter, string expected)
    {
        await AddOneOfEachType();

        Assert.Equal(expected, string.Join(',', await RowKeys(filter)));
    }

    [Theory]
    [InlineData("Text eq")]
    [InlineData("Text is 'a'")]
    [InlineData("(Text eq 'a'")]
    [InlineData("Text eq 'a')")]
    [InlineData("Text eq 'a' and")]
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
