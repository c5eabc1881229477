using System.Net;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http.Management;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Tests.Http;

/// <summary>A host that asks for no keys keeps web pages from elsewhere out.</summary>
public sealed class LoopbackGuardTests
{
    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:9", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("shop.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.example", HttpStatusCode.Forbidden)]
    [InlineData("10.0.0.1", HttpStatusCode.Forbidden)]
    public async Task HostHeader_OtherThanLoopback_IsRefused(string name, HttpStatusCode expected)
    {
        await using var host = await RunningHost.StartAsync([typeof(Shop)]);

        Assert.Equal(expected, await SendAsync(host, "GET", ("Host", name)));
    }

    [Theory]
    [InlineData("PUT", "https://shop.example", HttpStatusCode.Forbidden)]
    [InlineData("PUT", "http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("PUT", "null", HttpStatusCode.Forbidden)]
    [InlineData("PUT", "own", HttpStatusCode.OK)]
    [InlineData("GET", "https://shop.example", HttpStatusCode.OK)]
    public async Task Origin_OfAnotherPage_MayReadButNotWrite(string method, string origin, HttpStatusCode expected)
    {
        await using var host = await RunningHost.StartAsync([typeof(Shop)]);
        var sent = origin == "own" ? host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin;

        Assert.Equal(expected, await SendAsync(host, method, ("Origin", sent)));
    }

    [Theory]
    [InlineData("PUT", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("PUT", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("PUT", "same-origin", HttpStatusCode.OK)]
    [InlineData("PUT", "none", HttpStatusCode.OK)]
    [InlineData("GET", "cross-site", HttpStatusCode.OK)]
    public async Task FetchSite_OfAnotherPage_MayReadButNotWrite(string method, string site, HttpStatusCode expected)
    {
        await using var host = await RunningHost.StartAsync([typeof(Shop)]);

        Assert.Equal(expected, await SendAsync(host, method, ("Sec-Fetch-Site", site)));
    }

    [Fact]
    public async Task Write_OfAProgram_NeedsNoKey()
    {
        await using var host = await RunningHost.StartAsync([typeof(Shop)]);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "PUT"));
    }

    [Fact]
    public async Task ManagementCall_OfAnotherPage_IsRefusedWithTheReason()
    {
        await using var host = await RunningHost.StartAsync([typeof(Shop)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{ManagedHost.Instances}/one/terminate");
        request.Headers.Add("Origin", "https://shop.example");
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("'https://shop.example'", await response.DetailAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> SendAsync(RunningHost host, string method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "api/shop");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await host.Http.SendAsync(request);
        return response.StatusCode;
    }

    public static class Shop
    {
        [Function("shop")]
        public static string Run([HttpTrigger(AuthorizationLevel.Function, "get", "put")] HttpRequestData request) => "open";
    }
}
