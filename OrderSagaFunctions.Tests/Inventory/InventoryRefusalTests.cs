using OrderSagaFunctions.Tests.Http;

namespace OrderSagaFunctions.Tests.Inventory;

/// <summary>Stock that is not set.</summary>
[Collection(RefusalsDefinition.Name)]
public sealed class InventoryRefusalTests(RefusingShop shop)
{
    [Theory]
    [InlineData("quantity", "{}")]
    [InlineData("quantity", """{"quantity":null}""")]
    [InlineData("quantity", """{"quantity":-1}""")]
    [InlineData("quantity", """{"quantity":1000000001}""")]
    [InlineData("quantity", """{"quantity":1.5}""")]
    [InlineData("quantity", """{"quantity":1e-2}""")]
    [InlineData("quantity", """{"quantity":1e999999999}""")]
    [InlineData("quantity", """{"quantity":5,"quantity":5}""")]
    [InlineData("place", """{"quantity":5,"place":"berlin"}""")]
    [InlineData("quantity", """{"quantity":"5"}""")]
    [InlineData("location", """{"quantity":5,"location":""}""")]
    [InlineData("location", """{"quantity":5,"location":"Berlin"}""")]
    [InlineData("location", """{"quantity":5,"location":"ber lin"}""")]
    [InlineData("location", """{"quantity":5,"location":7}""")]
    [InlineData("location", """{"quantity":5,"location":"a-name-that-is-longer-than-a-name-may-be"}""")]
    public async Task Set_BadField_IsNamed(string field, string json)
    {
        await shop.RefuseFieldAsync(field, "PUT", "/api/inventory/sku-100", RefusingShop.Json(json));
        await shop.RefuseFieldAsync(field, "PUT", "/api/inventory/sku-new", RefusingShop.Json(json));
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("a%23b")]
    [InlineData("a%5Cb")]
    [InlineData("%C3%A4")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Set_BadItem_IsNamed(string itemId) =>
        await shop.RefuseFieldAsync("itemId", "PUT", "/api/inventory/" + itemId, RefusingShop.Json("""{"quantity":5}"""));

    [Theory]
    [InlineData("5.0")]
    [InlineData("50e-1")]
    [InlineData("0.05E+2")]
    public async Task Set_WholeNumberHoweverWritten_IsTaken(string quantity)
    {
        await using var other = await Operations.Shop.OpenAsync();
        var (_, item) = await other.SendAsync(HttpMethod.Put, "/api/inventory/sku-new", $$"""{"quantity":{{quantity}}}""");

        Assert.Equal(5, item.GetProperty("quantity").GetInt32());
    }

    [Fact]
    public async Task Set_LocationOfAnItemThatIsElsewhere_MovesIt()
    {
        await using var other = await Operations.Shop.OpenAsync();
        var (_, moved) = await other.SendAsync(HttpMethod.Put, "/api/inventory/sku-100", """{"quantity":5,"location":"berlin"}""");
        var (_, kept) = await other.SendAsync(HttpMethod.Put, "/api/inventory/sku-100", """{"quantity":0}""");

        Assert.Equal("berlin", moved.GetProperty("location").GetString());
        Assert.Equal(("berlin", 0), (kept.GetProperty("location").GetString(), kept.GetProperty("quantity").GetInt32()));
    }
}
