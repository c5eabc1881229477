namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Money and stock after a load, under the policy Continue.</summary>
internal static class CrashBooks
{
    /// <summary>Asserts that an order has ended, and that nothing was charged or given back twice.</summary>
    public static void AreRight(ShownOrder order)
    {
        var moved = order.Json.GetProperty("transactions").EnumerateArray().ToLookup(static t => t.GetProperty("type").GetString());
        var debit = moved["Debit"].Sum(static t => t.GetProperty("amount").GetDecimal());
        var credit = moved["Credit"].Sum(static t => t.GetProperty("amount").GetDecimal());
        var kept = order.Path[^1] == "OrderSucceeded" ? order.Json.GetProperty("total").GetProperty("amount").GetDecimal() : 0;

        Assert.True(order.Path[^1] is "OrderSucceeded" or "OrderFailed", order.ToString());
        Assert.True(debit - credit == kept, order.ToString());
        Assert.Equal(
            moved["Debit"].Count() + moved["Credit"].Count(),
            moved["Debit"].Concat(moved["Credit"]).Select(static t => t.GetProperty("transactionId").GetString()).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Asserts that what is reserved was sold, and that no piece is lost.</summary>
    public static async Task StockAddsUpAsync(OrderClient client, IEnumerable<ShownOrder> orders, int stock)
    {
        var succeeded = orders.Where(static order => order.Path[^1] == "OrderSucceeded").ToList();
        foreach (var item in (await client.ReadAsync("/api/inventory")).EnumerateArray())
        {
            var id = item.GetProperty("itemId").GetString();
            var sold = succeeded.SelectMany(static order => order.Json.GetProperty("items").EnumerateArray())
                .Where(line => line.GetProperty("itemId").GetString() == id)
                .Sum(static line => line.GetProperty("qty").GetInt64());
            Assert.Equal(sold, item.GetProperty("reserved").GetInt64());
            Assert.Equal(stock, item.GetProperty("quantity").GetInt64() + item.GetProperty("reserved").GetInt64());
        }
    }
}
