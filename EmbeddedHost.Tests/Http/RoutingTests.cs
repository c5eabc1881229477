using System.Net;
using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Tests.Http;

public sealed class RoutingTests
{
    [Theory]
    [InlineData("""{"extensions":{"http":{"routePrefix":"v1/x"}}}""", "v1/x/shop/items/7")]
    [InlineData("""{"extensions":{"http":{"routePrefix":""}}}""", "shop/items/7")]
    [InlineData("{}", "api/shop/items/7")]
    public async Task Route_HasThePrefixOfHostJson(string hostJson, string address)
    {
        await using var host = await RunningHost.StartAsync([typeof(Shop)], hostJson: hostJson);

        Assert.Equal("item 7", await host.Http.GetStringAsync(new Uri(address, UriKind.Relative)));
    }

    [Fact]
    public async Task KnownRoute_WrongMethod_Is405ThatNamesTheRightOnes()
    {
        await using var host = await RunningHost.StartAsync([typeof(Shop)]);
        using var response = await host.Http.DeleteAsync(new Uri("api/shop/items/7", UriKind.Relative));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["GET", "PUT"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task UnknownRoute_Is404ThatSaysWhereFunctionsAre()
    {
        await using var host = await RunningHost.StartAsync([typeof(Shop)]);
        using var response = await host.Http.GetAsync(new Uri("shop/items/7", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Functions are below '/api/'", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoFunctions_OnOneRouteAndMethod_StopTheStart()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartAsync([typeof(Clash)]));

        Assert.Contains("'first' and 'second' both serve GET /api/same", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_ThatIsNoTemplate_StopsTheStart()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartAsync([typeof(BadRoute)]));

        Assert.Contains("Function 'bad': 'api/items/{id' is no route template", error.Message, StringComparison.Ordinal);
    }

    public static class Shop
    {
        [Function("item")]
        public static string Item([HttpTrigger("get", "put", Route = "shop/items/{id}")] HttpRequestData request, string id) => $"item {id}";
    }

    public static class Clash
    {
        [Function("first")]
        public static void First([HttpTrigger("get", Route = "same")] HttpRequestData request)
        {
        }

        [Function("second")]
        public static void Second([HttpTrigger("post", "GET", Route = "/same")] HttpRequestData request)
        {
        }
    }

    public static class BadRoute
    {
        [Function("bad")]
        public static void Run([HttpTrigger(Route = "items/{id")] HttpRequestData request)
        {
        }
    }
}
