using System.Net;
using System.Text.Json;
using EmbeddedHost.Http;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http.Keys;
using EmbeddedHost.Tests.Http.Management;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Http;

/// <summary>What callers send takes no more memory and time than it may, and is refused before it is read.</summary>
public sealed class RequestLimitTests
{
    private const string HostJson = """{"extensions":{"http":{"maxRequestBodyBytes":1000}}}""";

    [Fact]
    public async Task Body_AnnouncedLargerThanTheLimit_Is413BeforeAnyOfItIsSent()
    {
        await using var host = await RunningHost.StartAsync([typeof(Sizes)], hostJson: HostJson);
        using var connection = await RawConnection.OpenAsync(host);

        await connection.SendHeadAsync("POST", "api/size", "Content-Length: 29000000");
        var answer = await connection.ReadAsync();

        AssertRefused(answer, 413, "POST /api/size takes a body of at most 1000 bytes; the request has one of 29000000 bytes.");
        Assert.Equal(0, Held(host));
    }

    [Fact]
    public async Task Body_InChunksBeyondTheLimit_Is413BeforeItEnds()
    {
        await using var host = await RunningHost.StartAsync([typeof(Sizes)], hostJson: HostJson);
        using var connection = await RawConnection.OpenAsync(host);

        await connection.SendHeadAsync("POST", "api/size", "Transfer-Encoding: chunked", Chunk(1000) + Chunk(1));
        var answer = await connection.ReadAsync();

        AssertRefused(answer, 413, "POST /api/size takes a body of at most 1000 bytes; the request has a larger one.");
        Assert.Equal(0, Held(host));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Body_OfACallThatHasNone_Is413(string method)
    {
        await using var host = await RunningHost.StartAsync([typeof(Sizes)], hostJson: HostJson);
        using var connection = await RawConnection.OpenAsync(host);

        await connection.SendHeadAsync(method, "api/size", "Content-Length: 5");

        Assert.Equal(413, (await connection.ReadAsync()).Status);
    }

    [Theory]
    [InlineData("Content-Length: 1000", "")]
    [InlineData("Transfer-Encoding: chunked", "3e8\r\n")]
    public async Task Body_AtTheLimit_IsRead(string header, string prefix)
    {
        await using var host = await RunningHost.StartAsync([typeof(Sizes)], hostJson: HostJson);
        using var connection = await RawConnection.OpenAsync(host);

        await connection.SendHeadAsync("POST", "api/size", header, prefix + new string('x', 1000) + (prefix.Length > 0 ? "\r\n0\r\n\r\n" : ""));

        Assert.Equal("1000", (await connection.ReadAsync()).Body);
        Assert.Equal(0, Held(host));
    }

    [Fact]
    public async Task Body_WithoutALimitInHostJson_MayHaveFourMegabytes()
    {
        await using var host = await RunningHost.StartAsync([typeof(Sizes)]);

        Assert.Equal((HttpStatusCode.OK, "4194304"), await PostAsync(host, "api/size", new byte[4 * 1024 * 1024]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(host, "api/size", new byte[(4 * 1024 * 1024) + 1])).Status);
    }

    [Theory]
    [InlineData($"{ManagedHost.Instances}/one/raiseEvent/go")]
    [InlineData($"{ManagedHost.Orchestrators}/waiter")]
    public async Task Body_OfTheManagementApi_MayHaveFourMegabytes(string path)
    {
        await using var host = await ManagedHost.StartAsync();
        await host.StartWaiterAsync("one");
        using var connection = await RawConnection.OpenAsync(host);

        await connection.SendHeadAsync("POST", path, "Content-Type: application/json\r\nContent-Length: 4194305");
        var answer = await connection.ReadAsync();

        AssertRefused(answer, 413, $"POST /{path} takes a body of at most 4194304 bytes; the request has one of 4194305 bytes.");
    }

    [Fact]
    public async Task Body_ThatTakesTooLong_Is408()
    {
        var clock = new ManualClock();
        await using var host = await RunningHost.StartAsync([typeof(Sizes)], clock: clock);
        using var connection = await RawConnection.OpenAsync(host);
        await connection.SendHeadAsync("POST", "api/size", "Content-Length: 9000", new string(' ', 7000));
        while (Held(host) < 8192)
        {
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        var answer = await connection.ReadAsync();

        AssertRefused(answer, 408, "The body has to arrive within 30 seconds");
        Assert.Equal(0, Held(host));
    }

    [Fact]
    public async Task Body_AnnouncedLarge_TakesMemoryForWhatHasArrivedOnly()
    {
        await using var host = await RunningHost.StartAsync([typeof(Sizes)]);
        using var connection = await RawConnection.OpenAsync(host);

        await connection.SendHeadAsync("POST", "api/size", "Content-Length: 1048576", new string(' ', 100));
        while (Held(host) == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(4096, Held(host));
    }

    [Fact]
    public async Task Body_WithoutMemoryForIt_Is503_AndSmallOnesStillComeThrough()
    {
        await using var host = await RunningHost.StartAsync(
            [typeof(Sizes)], builder => builder.Services.AddSingleton(new HeldBodies(100_000)));
        using var first = await RawConnection.OpenAsync(host);
        await first.SendHeadAsync("POST", "api/size", "Content-Length: 1000000", new string(' ', 40_000));
        while (Held(host) < 65_536)
        {
            await Task.Yield();
        }

        using var second = await RawConnection.OpenAsync(host);
        await second.SendHeadAsync("POST", "api/size", "Content-Length: 1000000", new string(' ', 70_000));

        // The one that would be the largest is refused.
        var refused = await second.ReadAsync();
        AssertRefused(refused, 503, "all the memory that the host has for bodies");
        Assert.Equal("1", refused.Headers["Retry-After"]);
        Assert.Equal((HttpStatusCode.OK, "3"), await PostAsync(host, "api/size", [1, 2, 3]));
    }

    [Theory]
    [InlineData("api/nowhere", "", 404)]
    [InlineData("api/closed", "", 401)]
    [InlineData("api/closed", "Host: shop.example\r\n", 400)]
    [InlineData($"{ManagedHost.Orchestrators}/waiter", "", 401)]
    public async Task Body_OfACallThatIsRefusedAnyway_IsNotRead(string path, string header, int status)
    {
        await using var keyed = await KeyedHost.StartAsync();
        using var connection = await RawConnection.OpenAsync(keyed.Host);

        await connection.SendHeadAsync("POST", path, header + "Content-Length: 900000");

        Assert.Equal(status, (await connection.ReadAsync()).Status);
        Assert.Equal(0, Held(keyed.Host));
    }

    [Theory]
    [InlineData(15_000, 200)]
    [InlineData(17_000, 431)]
    public async Task Head_LargerThanSixteenKilobytes_Is431(int size, int status)
    {
        await using var host = await RunningHost.StartAsync([typeof(Sizes)]);
        using var connection = await RawConnection.OpenAsync(host);

        await connection.SendHeadAsync("GET", "api/size", $"X-Large: {new string('x', size)}");

        Assert.Equal(status, (await connection.ReadAsync()).Status);
    }

    private static void AssertRefused(RawAnswer answer, int status, string detail)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        Assert.Equal("close", answer.Headers["Connection"]);
        Assert.Contains(detail, JsonDocument.Parse(answer.Body).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(RunningHost host, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var response = await host.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Chunk(int size) => $"{size:x}\r\n{new string('x', size)}\r\n";

    private static long Held(RunningHost host) => host.Services.GetRequiredService<HeldBodies>().Held;

    public static class Sizes
    {
        [Function("size")]
        public static HttpResponseData Run([HttpTrigger] HttpRequestData request)
        {
            var response = request.CreateResponse();
            response.WriteString(request.Body.Length.ToString());
            return response;
        }
    }
}
