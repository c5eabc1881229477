using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.Operations;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Orders;

/// <summary>Orders that are taken, whatever their callers call them.</summary>
public sealed class AcceptedSubmissionTests
{
    [Fact]
    public async Task Submit_KeyThatIsAnotherOrdersId_RunsASagaEach()
    {
        await using var shop = await Shop.OpenAsync();
        await SubmitAsync(shop, EndToEnd.Orders.Flagged("first"), "second");
        await shop.Host.RunUntilIdleAsync();
        await shop.SubmitAsync(EndToEnd.Orders.Plain("second"));
        _ = await shop.Host.WaitForCompletionAsync("second");

        Assert.Equal("OrderSucceeded", new ShownOrder(await shop.GetAsync("/api/orders/second")).Path[^1]);
        Assert.Equal("Waiting", (await shop.GetAsync("/api/orders/first")).GetProperty("review").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Submit_KnownOrderUnderAnotherKey_Gets409AndKeepsNothingOfTheKey()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("known");
        var (status, problem) = await SubmitAsync(shop, EndToEnd.Orders.Plain("known"), "another");

        Assert.Equal((HttpStatusCode.Conflict, "urn:order-saga:other-submission"), (status, problem));
        Assert.Empty(shop.Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(SagaTables.IdempotencyKeys).Query<TableEntity>());
    }

    [Fact]
    public async Task Submit_KeyOfAnotherOrder_Gets409AndNoOrder()
    {
        await using var shop = await Shop.OpenAsync();
        _ = await SubmitAsync(shop, EndToEnd.Orders.Plain("one"), "key");

        var (status, problem) = await SubmitAsync(shop, EndToEnd.Orders.Plain("other"), "key");

        Assert.Equal((HttpStatusCode.Conflict, "urn:order-saga:other-submission"), (status, problem));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.SendAsync(HttpMethod.Get, "/api/orders/other")).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task Submit_JsonThatIsCalledOtherwise_IsReadAllTheSame(string contentType)
    {
        await using var shop = await Shop.OpenAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(EndToEnd.Orders.Plain("called-otherwise")));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await shop.Host.HttpClient.PostAsync(new Uri("/api/orders", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string? Problem)> SubmitAsync(Shop shop, string json, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/orders", UriKind.Relative));
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", key);
        using var response = await shop.Host.HttpClient.SendAsync(request);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, body.RootElement.TryGetProperty("type", out var type) ? type.GetString() : null);
    }
}
