namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    private static readonly DateTimeOffset TableServiceMinimum = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<object, object> Values => new()
    {
        { "text", "text" },
        { "", "" },
        { " line\r\n\t\"quoted\" 'it' \\ {a}\u0001 ", " line\r\n\t\"quoted\" 'it' \\ {a}\u0001 " },
        { "Ünï¢ødé 中文 😀", "Ünï¢ødé 中文 😀" },
        { true, true },
        { false, false },
        { int.MinValue, int.MinValue },
        { int.MaxValue, int.MaxValue },
        { long.MinValue, long.MinValue },
        { long.MaxValue, long.MaxValue },
        { 7L, 7L },
        { 1.0, 1.0 },
        { 0.1, 0.1 },
        { double.MaxValue, double.MaxValue },
        { double.Epsilon, double.Epsilon },
        { double.NaN, double.NaN },
        { Guid.Empty, Guid.Empty },
        { new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), new Guid("0f8fad5b-d9cb-469f-a165-70867728950e") },
        { SomeTime, SomeTime.ToUniversalTime() },
        { SomeTime.UtcDateTime, SomeTime.ToUniversalTime() },
        { DateTimeOffset.MaxValue, DateTimeOffset.MaxValue },
        { SomeTime.AddTicks(1), SomeTime.AddTicks(1).ToUniversalTime() },
        { TableServiceMinimum, TableServiceMinimum },
        { Array.Empty<byte>(), Array.Empty<byte>() },
        { new byte[] { 0, 1, 255 }, new byte[] { 0, 1, 255 } },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task TableEntity_ValueOfEachType_ComesBack(object written, object read)
    {
        await Table.AddEntityAsync(Row("p", "r", ("Value", written)));

        Assert.Equal(read, (await Get("p", "r"))["Value"]);
    }

    [Fact]
    public async Task TableEntity_TypedGetters_ReadWhatWasWritten()
    {
        await Table.AddEntityAsync(Row("p", "r",
            ("Time", SomeTime), ("Bytes", BinaryData.FromString("abc")), ("Long", 5L), ("Double", 2.5), ("Flag", true), ("Id", Guid.Empty)));

        var row = await Get("p", "r");
        Assert.Equal(SomeTime, row.GetDateTimeOffset("Time"));
        Assert.Equal(SomeTime.UtcDateTime, row.GetDateTime("Time"));
        Assert.Equal("abc", row.GetBinaryData("Bytes").ToString());
        Assert.Equal("abc"u8.ToArray(), row.GetBinary("Bytes"));
        Assert.Equal((5L, 2.5, true, Guid.Empty), (row.GetInt64("Long"), row.GetDouble("Double"), row.GetBoolean("Flag"), row.GetGuid("Id")));
        Assert.Null(row.GetInt32("Missing"));
        Assert.Throws<InvalidOperationException>(() => row.GetString("Long"));
    }

    [Fact]
    public async Task TableEntity_Null_IsAnAbsentProperty()
    {
        await Table.AddEntityAsync(Row("p", "r", ("Gone", null!), ("Kept", 1)));
        await Table.UpsertEntityAsync(Row("p", "r", ("Kept", null!)));

        var row = await Get("p", "r");
        Assert.False(row.ContainsKey("Gone"));
        Assert.Equal(1, row.GetInt32("Kept"));
    }

    [Fact]
    public async Task PropertyNames_DifferInCase_AreTwo()
    {
        await Table.AddEntityAsync(Row("p", "r", ("Name", 1), ("name", 2)));
        await Table.UpsertEntityAsync(Row("p", "r", ("NAME", 3)));

        var row = await Get("p", "r");
        Assert.Equal((1, 2, 3), (row.GetInt32("Name"), row.GetInt32("name"), row.GetInt32("NAME")));
    }

    [Fact]
    public async Task UpsertEntity_OtherTypeThanStored_ReplacesIt()
    {
        await Table.AddEntityAsync(Row("p", "r", ("Value", 5L)));
        await Table.UpsertEntityAsync(Row("p", "r", ("Value", SomeTime)));
        Assert.Equal(SomeTime, (await Get("p", "r")).GetDateTimeOffset("Value"));

        await Table.UpsertEntityAsync(Row("p", "r", ("Value", "5")));
        Assert.Equal("5", (await Get("p", "r")).GetString("Value"));
    }
}
