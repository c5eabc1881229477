using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Tests.CrashPoints;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>Bodies that are no JSON object, at each address that reads one.</summary>
[Collection(RefusalsDefinition.Name)]
public sealed class BodyRefusalTests(RefusingShop shop)
{
    private const string TwoOrders = """{"approved":true,"reviewer":"ada"}{}""";

    private static readonly string TooLarge = $$"""{"by":"{{new string('a', 256 * 1024)}}"}""";

    /// <summary>Every call that reads a body, and whether it takes none for an empty object.</summary>
    public static TheoryData<string, string, bool> Calls { get; } = new()
    {
        { "POST", "/api/orders", false },
        { "PUT", "/api/inventory/sku-100", false },
        { "POST", $"/api/orders/{RefusingShop.InReview}/review", false },
        { "POST", $"/api/orders/{RefusingShop.InReview}/cancel", true },
        { "POST", $"/api/orders/{RefusingShop.Parked}/retry", true },
        { "POST", $"/api/orders/{RefusingShop.Stopped}/recover", true },
        { "POST", $"/api/incidents/{RefusingShop.Left}/{RefusingShop.Incident}/retry", true },
        { "POST", $"/api/incidents/{RefusingShop.Left}/{RefusingShop.Incident}/close", false },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Body_ThatIsNoJsonObject_IsRefused(string method, string path, bool isOptional)
    {
        string[] bodies = ["{", "[]", "\"ada\"", "null", "17", TwoOrders, "// {}", """{"\udc00":1}"""];
        foreach (var body in isOptional ? bodies : [.. bodies, ""])
        {
            await shop.RefuseFieldAsync("$", method, path, RefusingShop.Json(body));
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Body_FieldTwiceOrNoText_IsRefusedNamingTheField(string method, string path, bool isOptional)
    {
        Assert.Equal(isOptional, path.Split('/')[^1] is "cancel" or "retry" or "recover");
        await shop.RefuseFieldAsync("by", method, path, RefusingShop.Json("""{"by":"ada","by":"bob"}"""));
        await shop.RefuseFieldAsync("by", method, path, RefusingShop.Json("""{"by":"\ud800"}"""));
        await shop.RefuseFieldAsync("a[1].b", method, path, RefusingShop.Json("""{"a":[{},{"b":1,"b":1}]}"""));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Body_Compressed_IsRefusedNamingTheHeader(string method, string path, bool isOptional)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("{}"u8);
        }

        using var body = Bytes(packed.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(isOptional, path.Split('/')[^1] is "cancel" or "retry" or "recover");
        await shop.RefuseFieldAsync("Content-Encoding", method, path, body);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_QueryThatItDoesNotHave_IsRefusedNamingIt(string method, string path, bool isOptional)
    {
        Assert.Equal(isOptional, path.Split('/')[^1] is "cancel" or "retry" or "recover");
        var problem = await shop.RefuseAsync(HttpStatusCode.BadRequest, "invalid-request", method, path + "?by=ada", RefusingShop.Json("{}"));
        Assert.Equal("by", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Body_OfOtherBytes_IsRefused(string method, string path, bool isOptional)
    {
        Assert.Equal(isOptional, path.Split('/')[^1] is "cancel" or "retry" or "recover");
        await shop.RefuseFieldAsync("by", method, path, Bytes([.. "{\"by\":\""u8, 0xFF, .. "\"}"u8]));
        await shop.RefuseFieldAsync("$", method, path, Bytes(Encoding.Unicode.GetBytes("{}")));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Body_LargerThanTheLimit_Is413(string method, string path, bool isOptional)
    {
        Assert.Equal(isOptional, path.Split('/')[^1] is "cancel" or "retry" or "recover");
        var problem = await shop.RefuseByTheHostAsync(HttpStatusCode.RequestEntityTooLarge, method, path, RefusingShop.Json(TooLarge));

        Assert.Contains("at most 262144 bytes; the request has one of 262153 bytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_LargerThanTheLimit_OnAHostThatLetsItThrough_Is413()
    {
        var folder = Directory.CreateTempSubdirectory("no-host-json-");
        try
        {
            await using var host = await DurableTestHost.StartAsync(OrderRun.App with
            {
                ContentRoot = folder.FullName,
                Settings = new Dictionary<string, string>(OrderRun.App.Settings, StringComparer.Ordinal) { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" },
            });
            using var body = RefusingShop.Json(TooLarge);
            using var response = await host.HttpClient.PostAsync(new Uri("/api/orders", UriKind.Relative), body);
            var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            Assert.Equal("urn:order-saga:invalid-request", problem.GetProperty("type").GetString());
            Assert.Equal("a body of at most 262144 bytes", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("expected").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ByteArrayContent Bytes(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
