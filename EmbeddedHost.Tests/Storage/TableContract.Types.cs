using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
    private static readonly DateTimeOffset SomeTime = new(2026, 1, 31, 9, 30, 15, 123, TimeSpan.FromHours(1));

    public static TheoryData<object, object> Values => new()
    {
        { "text", "text" },
        { "", "" },
        { "Ünï¢ødé 中文 😀", "Ünï¢ødé 中文 😀" },
        { true, true },
        { false, false },
        { int.MinValue, int.MinValue },
        { long.MaxValue, long.MaxValue },
        { 1.0, 1.0 },
        { double.MaxValue, double.MaxValue },
        { new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), new Guid("0f8fad5b-d9cb-469f-a165-70867728950e") },
        { SomeTime, SomeTime.ToUniversalTime() },
        { SomeTime.UtcDateTime, SomeTime.ToUniversalTime() },
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

    [Theory]
    [InlineData(1.5f)]
    [InlineData(OrderState.Done)]
    [InlineData('c')]
    public async Task TableEntity_TypeUnknownToTables_IsAnError(object value) =>
        await Assert.ThrowsAsync<NotSupportedException>(() => Table.AddEntityAsync(Row("p", "r", ("Value", value))));

    [Fact]
    public async Task TableEntity_LocalTime_IsAnError() =>
        await Assert.ThrowsAsync<NotSupportedException>(() =>
            Table.AddEntityAsync(Row("p", "r", ("At", DateTime.SpecifyKind(SomeTime.UtcDateTime, DateTimeKind.Local)))));

    [Fact]
    public async Task Class_EachProperty_ComesBack()
    {
        var order = new Order
        {
            PartitionKey = "p",
            RowKey = "r",
            Customer = "Ada",
            Paid = true,
            Lines = 3,
            Amount = 1L << 40,
            Weight = 1.25,
            Trace = Guid.NewGuid(),
            PlacedAt = SomeTime,
            DueAt = SomeTime.UtcDateTime,
            State = OrderState.Pending,
            Comment = "gift",
            Scratch = "not stored",
            Signature = [1, 2, 3],
            Receipt = BinaryData.FromString("receipt"),
            Before = OrderState.Done,
        };
        var answer = await Table.AddEntityAsync(order);

        var read = (await Table.GetEntityAsync<Order>("p", "r")).Value;

        Assert.Equal(answer.Headers.ETag, read.ETag);
        Assert.NotNull(read.Timestamp);
        Assert.Equal(
            (order.Customer, order.Paid, order.Lines, order.Amount, order.Weight, order.Trace),
            (read.Customer, read.Paid, read.Lines, read.Amount, read.Weight, read.Trace));
        Assert.Equal(
            (order.PlacedAt, order.DueAt, order.State, order.Comment, order.Before),
            (read.PlacedAt, read.DueAt, read.State, read.Comment, read.Before));
        Assert.Equal(order.Signature, read.Signature);
        Assert.Equal("receipt", read.Receipt!.ToString());
        Assert.Null(read.Discount);
        Assert.Null(read.Scratch);
    }

    [Fact]
    public async Task Class_StoredForm_HasNamesAndEnumsAsText()
    {
        await Table.AddEntityAsync(new Order { PartitionKey = "p", RowKey = "r", State = OrderState.Done, Comment = "gift", Scratch = "x" });

        var row = await Get("p", "r");
        Assert.Equal("Done", row.GetString("State"));
        Assert.Equal("gift", row.GetString("Note"));
        Assert.False(row.ContainsKey("Scratch"));
        Assert.False(row.ContainsKey("Comment"));
        Assert.False(row.ContainsKey("Summary"));
        Assert.False(row.ContainsKey("Discount"));
    }

    [Fact]
    public async Task Class_RowHasOtherProperties_TheyAreLeftOut()
    {
        await Table.AddEntityAsync(Row("p", "r", ("Unknown", 1), ("Customer", "Ada"), ("Lines", 2)));

        var read = (await Table.GetEntityAsync<Order>("p", "r")).Value;

        Assert.Equal(("Ada", 2), (read.Customer, read.Lines));
    }

    [Fact]
    public async Task AddEntity_ByInterface_WritesTheClass()
    {
        ITableEntity order = new Order { PartitionKey = "p", RowKey = "r", Customer = "Ada" };
        await Table.AddEntityAsync(order);

        Assert.Equal("Ada", (await Get("p", "r")).GetString("Customer"));
    }
}
