using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public abstract partial class TableContract
{
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
        Assert.Equal(": 0", row.GetString("Summary"));
        Assert.False(row.ContainsKey("Discount"));
    }

    [Fact]
    public async Task Class_RowHasOtherProperties_TheyAreLeftOut()
    {
        await Table.AddEntityAsync(Row("p", "r", ("Unknown", 1), ("Customer", "Ada"), ("Lines", 2)));

        var read = (await Table.GetEntityAsync<Order>("p", "r")).Value;

        Assert.Equal(("Ada", 2), (read.Customer, read.Lines));
    }

    [Theory]
    [InlineData("Shipped")]
    [InlineData("done")]
    [InlineData("2")]
    public async Task Class_TextThatNamesNoValueOfItsEnum_IsReadAsNone(string stored)
    {
        await Table.AddEntityAsync(Row("p", "r", ("State", stored), ("Before", stored)));

        var read = (await Table.GetEntityAsync<Order>("p", "r")).Value;

        Assert.Equal((OrderState.New, null), (read.State, read.Before));
    }

    [Fact]
    public async Task AddEntity_ByInterface_WritesTheClass()
    {
        ITableEntity order = new Order { PartitionKey = "p", RowKey = "r", Customer = "Ada" };
        await Table.AddEntityAsync(order);

        Assert.Equal("Ada", (await Get("p", "r")).GetString("Customer"));
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
        await Table.AddEntityAsync(Row("p", "1", ("Number", 7), ("Text", "other")));
        await Table.AddEntityAsync(Row("p", "2", ("Number", 7), ("Text", "just")));

        var rows = await Table.QueryAsync<TableEntity>(row => row.GetInt32("Number") == 7 && row.GetString("Text") == "just").ToListAsync();

        Assert.Equal("2", Assert.Single(rows).RowKey);
    }
}
