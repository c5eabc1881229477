using System.Net;
using System.Text.Json;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>What happens at the door: accepted once, refused without a trace.</summary>
public sealed class SubmissionTests(WarmScenarioHost host) : IClassFixture<WarmScenarioHost>
{
    private readonly OrderClient _orders = host.App.Orders;

    [Fact]
    public async Task Post_ValidOrder_Answers202WithLocationAndLinks()
    {
        using var response = await _orders.PostAsync("/api/orders", Orders.Plain("door-accepted"));
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/api/orders/door-accepted", response.Headers.Location!.AbsolutePath);
        Assert.Contains("/runtime/webhooks/durabletask/instances/", body.GetProperty("statusQueryGetUri").GetString(), StringComparison.Ordinal);
        using var status = await _orders.GetAsync(new Uri(body.GetProperty("statusQueryGetUri").GetString()!).PathAndQuery);
        Assert.True(status.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_SameOrderTwiceAtOnce_RunsOneSagaWithTheSameAnswer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _orders.SubmitAsync(Orders.Plain("door-twice"))));

        var order = await _orders.EndOfAsync("door-twice");

        _ = Assert.Single(answers.Select(static a => a.GetProperty("instanceId").GetString()).Distinct(StringComparer.Ordinal));
        _ = Assert.Single(
            order.Json.GetProperty("transactions").EnumerateArray(), static t => t.GetProperty("type").GetString() == "Debit");
    }

    [Fact]
    public async Task Post_SameKeyOtherBody_Gets409AndChangesNothing()
    {
        _ = await _orders.SubmitAsync(Orders.Json("door-other", ("sku-100", 1, 49.90m)));

        using var other = await _orders.PostAsync("/api/orders", Orders.Json("door-other", ("sku-100", 2, 49.90m)));
        var order = await _orders.EndOfAsync("door-other");

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(49.90m, order.Json.GetProperty("total").GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task Post_IdempotencyKeyTwice_RunsOneSaga()
    {
        using var first = await _orders.PostAsync("/api/orders", Orders.Plain("door-keyed"), ("Idempotency-Key", "key-1"));
        using var again = await _orders.PostAsync("/api/orders", Orders.Plain("door-keyed"), ("Idempotency-Key", "key-1"));

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("[]", "")]
    [InlineData("""{"order_id":"door-bad","customer_id":"c","items":[]}""", "items")]
    [InlineData("""{"order_id":"door-bad","customer_id":"c","items":[{"item_id":"sku-100","qty":0,"unit_price":1}]}""", "items[0].qty")]
    [InlineData("""{"order_id":"door-bad","customer_id":"c","items":[{"item_id":"sku-100","qty":1,"unit_price":1.001}]}""", "items[0].unit_price")]
    [InlineData("""{"order_id":"door bad","customer_id":"c","items":[{"item_id":"sku-100","qty":1,"unit_price":1}]}""", "order_id")]
    [InlineData("""{"order_id":"door-bad","items":[{"item_id":"sku-100","qty":1,"unit_price":1}]}""", "customer_id")]
    public async Task Post_BadInput_Gets400NamingTheFieldAndLeavesNoTrace(string json, string field)
    {
        using var response = await _orders.PostAsync("/api/orders", json);
        var body = await response.Content.ReadAsStringAsync();

        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, body);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(field, body, StringComparison.Ordinal);
        using var order = await _orders.GetAsync("/api/orders/door-bad");
        Assert.Equal(HttpStatusCode.NotFound, order.StatusCode);
    }

    [Fact]
    public async Task Get_UnknownOrder_Gets404AsProblem()
    {
        using var response = await _orders.GetAsync("/api/orders/door-nobody");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Inventory_SetThenOrdered_CountsReservedPieces()
    {
        using var set = await _orders.PutAsync("/api/inventory/door-item", new { quantity = 5 });
        _ = await _orders.SubmitAsync(Orders.Json("door-stock", ("door-item", 3, 1m)));
        _ = await _orders.EndOfAsync("door-stock");

        var stock = await _orders.StockOfAsync("door-item");

        Assert.True(set.IsSuccessStatusCode);
        Assert.Equal((2, 3), stock);
    }

    [Theory]
    [InlineData("""{"quantity":-1}""")]
    [InlineData("""{"quantity":"many"}""")]
    [InlineData("{}")]
    public async Task Inventory_BadQuantity_Gets400NamingTheField(string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var client = new HttpClient();
        using var response = await client.PutAsync(new Uri(host.App.Address, "/api/inventory/door-refused"), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("quantity", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_OutOfStock_IsRefusedWithoutRetryAndUndone()
    {
        using var set = await _orders.PutAsync("/api/inventory/door-scarce", new { quantity = 1 });
        _ = await _orders.SubmitAsync(Orders.Json("door-short", ("door-scarce", 2, 1m)));

        var order = await _orders.EndOfAsync("door-short");

        Assert.Equal(
            "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed",
            string.Join(' ', order.Path));
        Assert.Equal("Credit Debit", string.Join(' ', order.Transactions));
        Assert.Equal(1, order.Step("ReserveInventory").GetProperty("attempts").GetInt32());
    }
}
