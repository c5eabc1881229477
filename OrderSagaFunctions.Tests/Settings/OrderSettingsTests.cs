using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Settings;

/// <summary>What the settings of orders and their checks make of an order, over HTTP.</summary>
public sealed class OrderSettingsTests
{
    [Theory]
    [InlineData("Checks__CreditLimit", "345.89 EUR", "CheckCredit")]
    [InlineData("Checks__MaxQuantity", "1", "CheckFraud")]
    [InlineData("Checks__AnonymousCustomers", "nobody,customer-7f21", "CheckIdentity")]
    [InlineData("Checks__ServedCountries", "FR, at", "CheckAddress")]
    public async Task Checks_OrderBeyondALimit_IsFlaggedByThatCheckAlone(string key, string value, string check)
    {
        await using var shop = await Shop.OpenAsync((key, value));
        await shop.SubmitAsync(Order("beyond"));
        await shop.Host.RunUntilIdleAsync();

        var flags = (await shop.GetAsync("/api/orders/beyond")).GetProperty("review").GetProperty("flags");

        Assert.Equal(check, Assert.Single(flags.EnumerateArray()).GetProperty("check").GetString());
    }

    [Fact]
    public async Task Checks_OrderAtEveryLimit_Passes()
    {
        await using var shop = await Shop.OpenAsync(
            ("Checks__CreditLimit", "345.90 EUR"), ("Checks__MaxQuantity", "2"), ("Checks__AnonymousCustomers", "nobody"), ("Checks__ServedCountries", "FR,DE"));
        await shop.SubmitAsync(Order("within"));
        _ = await shop.Host.WaitForCompletionAsync("within");

        Assert.Equal("OrderSucceeded", new ShownOrder(await shop.GetAsync("/api/orders/within")).Path[^1]);
    }

    [Fact]
    public async Task DefaultCurrency_OrderThatNamesNone_IsInIt()
    {
        await using var shop = await Shop.OpenAsync(("Orders__DefaultCurrency", "CHF"), ("Checks__CreditLimit", "10000 CHF"));
        await shop.CompleteAsync("unnamed");

        Assert.Equal("CHF", (await shop.GetAsync("/api/orders/unnamed")).GetProperty("total").GetProperty("currency").GetString());
    }

    [Fact]
    public async Task Seed_ItemsAndTheirLocations_AreInStock()
    {
        await using var shop = await Shop.OpenAsync(("Inventory__Seed", "sku-1=5, sku-2=0@berlin"));

        Assert.Equal(
            """[{"itemId":"sku-1","quantity":5,"reserved":0,"location":"main"},{"itemId":"sku-2","quantity":0,"reserved":0,"location":"berlin"}]""",
            (await shop.GetAsync("/api/inventory")).GetRawText());
    }

    private static string Order(string orderId) =>
        EndToEnd.Orders.Plain(orderId).Replace("\"items\"", "\"ship_to_country\":\"DE\",\"items\"", StringComparison.Ordinal);
}
