using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Http;

public sealed class HttpFunctionTests
{
    public enum Colour
    {
        Red,
        Green,
    }

    public sealed record Item(string Name, int Quantity);

    [Fact]
    public async Task Request_ReachesTheFunction_WithMethodUrlQueryHeadersCookiesAndBody()
    {
        await using var host = await RunningHost.StartAsync([typeof(Echo)]);
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/echo?a=1&b=x%20y")
        {
            Content = new StringContent("hello", Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("X-Test", "one");
        request.Headers.Add("Cookie", "c=42");

        using var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("yes", response.Headers.GetValues("X-Answer").Single());
        Assert.Equal("seen=1; max-age=60; path=/; samesite=lax; httponly", response.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal("PUT|/api/echo|1|x y|one|c=42|hello|hello", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("api/typed/7/Green?when=2026-01-02&text=a%2Fb", "7|Green|2026|a/b|none")]
    [InlineData("api/typed/7/green?when=2026-01-02&text=t&count=3", "7|Green|2026|t|3")]
    public async Task RouteAndQueryValues_AreConvertedToTheParameters(string address, string expected)
    {
        await using var host = await RunningHost.StartAsync([typeof(Typed)]);

        Assert.Equal(expected, await host.Http.GetStringAsync(new Uri(address, UriKind.Relative)));
    }

    [Theory]
    [InlineData("api/typed/x/Green?when=2026-01-02&text=t", "'id'")]
    [InlineData("api/typed/7/Blue?when=2026-01-02&text=t", "'colour'")]
    [InlineData("api/typed/7/Green?text=t", "'when'")]
    [InlineData("api/typed/7/Green?when=2026-01-02", "'text'")]
    public async Task RouteOrQueryValue_MissingOrWrong_Is400ThatNamesIt(string address, string named)
    {
        await using var host = await RunningHost.StartAsync([typeof(Typed)]);
        using var response = await host.Http.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, await DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/trigger-body")]
    [InlineData("api/from-body")]
    public async Task Body_AsAType_IsReadWithTheAppsSerializer(string address)
    {
        await using var host = await RunningHost.StartAsync([typeof(Bodies)]);
        using var response = await host.Http.PostAsJsonAsync(address, new { NAME = "sku", quantity = 2 });

        Assert.Equal("sku*2", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("api/trigger-body", "{")]
    [InlineData("api/from-body", """{"quantity":"many"}""")]
    public async Task Body_ThatIsNotTheType_Is400(string address, string body)
    {
        await using var host = await RunningHost.StartAsync([typeof(Bodies)]);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await host.Http.PostAsync(new Uri(address, UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("'item'", await DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WithoutALength_IsRead()
    {
        await using var host = await RunningHost.StartAsync([typeof(Bodies)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/from-body") { Content = JsonContent.Create(new Item("sku", 5)) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await host.Http.SendAsync(request);

        Assert.Equal("sku*5", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("api/object", HttpStatusCode.OK, "application/json; charset=utf-8", """{"Name":"sku","Quantity":1}""")]
    [InlineData("api/text", HttpStatusCode.OK, "text/plain; charset=utf-8", "text")]
    [InlineData("api/nothing", HttpStatusCode.NoContent, null, "")]
    [InlineData("api/own-404", HttpStatusCode.NotFound, null, "")]
    public async Task ReturnValue_BecomesTheResponse(string address, HttpStatusCode status, string? contentType, string body)
    {
        await using var host = await RunningHost.StartAsync([typeof(Returns)]);
        using var response = await host.Http.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Exception_InTheFunction_Is500WithoutInternals()
    {
        await using var host = await RunningHost.StartAsync([typeof(Returns)]);
        using var response = await host.Http.GetAsync(new Uri("api/broken", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("broken", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellationToken_IsSignalledWhenTheCallerGoes()
    {
        var patience = new Patience();
        await using var host = await RunningHost.StartAsync([typeof(Waiting)], builder => builder.Services.AddSingleton(patience));
        using var caller = new CancellationTokenSource();
        var answer = host.Http.GetAsync(new Uri("api/waiting", UriKind.Relative), caller.Token);
        await patience.Entered.Task;

        await caller.CancelAsync();

        await patience.Cancelled.Task;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
    }

    public static class Echo
    {
        [Function("echo")]
        public static async Task<HttpResponseData> Run([HttpTrigger(AuthorizationLevel.Anonymous, "put")] HttpRequestData request)
        {
            var text = await request.ReadAsStringAsync();
            request.Body.Position = 0;
            var again = request.ReadAsString();
            var response = request.CreateResponse(HttpStatusCode.Created);
            response.Headers.Add("X-Answer", "yes");
            response.Cookies.Append(new HttpCookie("seen", "1") { MaxAge = 60, Path = "/", SameSite = SameSite.Lax, HttpOnly = true });
            await response.WriteStringAsync(string.Join('|',
                request.Method, request.Url.AbsolutePath, request.Query["a"], request.Query["b"],
                string.Join(',', request.Headers.GetValues("X-Test")),
                string.Join(',', request.Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")), text, again));
            return response;
        }
    }

    public static class Typed
    {
        [Function("typed")]
        public static string Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "typed/{id}/{colour}")] HttpRequestData request,
            int id, Colour colour, DateTime when, string text, int? count) =>
            $"{id}|{colour}|{when.Year}|{text}|{count?.ToString() ?? "none"}";
    }

    public static class Bodies
    {
        [Function("trigger-body")]
        public static string FromTrigger([HttpTrigger("post")] Item item) => $"{item.Name}*{item.Quantity}";

        [Function("from-body")]
        public static async ValueTask<string> FromBody([HttpTrigger("post")] HttpRequestData request, [FromBody] Item item)
        {
            await Task.Yield();
            return $"{item.Name}*{item.Quantity}";
        }
    }

    public sealed class Patience
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Waiting(Patience patience)
    {
        [Function("waiting")]
        public async Task Run([HttpTrigger("get")] HttpRequestData request, CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(patience.Cancelled.SetResult);
            patience.Entered.SetResult();
            await patience.Cancelled.Task;
        }
    }

    public static class Returns
    {
        [Function("object")]
        public static Task<Item> Record([HttpTrigger] HttpRequestData request) => Task.FromResult(new Item("sku", 1));

        [Function("text")]
        public static string Text([HttpTrigger] HttpRequestData request) => "text";

        [Function("nothing")]
        public static Task Nothing([HttpTrigger] HttpRequestData request) => Task.CompletedTask;

        [Function("own-404")]
        public static HttpResponseData Own404([HttpTrigger] HttpRequestData request) => request.CreateResponse(HttpStatusCode.NotFound);

        [Function("broken")]
        public static void Broken([HttpTrigger] HttpRequestData request) => throw new InvalidOperationException("secret");
    }
}
