using System.Net;
using System.Net.Http.Headers;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>Answers that a caller has already are not sent again.</summary>
public sealed class ConditionalGetTests
{
    private const string Order = "/api/orders/done";

    /// <summary>Each call that answers JSON to a GET, but for those whose answer holds at its moment only.</summary>
    public static TheoryData<string> Paths { get; } =
        [.. HttpFunction.Calls.Where(static function => function.Method == "GET" && !function.Route.StartsWith("health/", StringComparison.Ordinal)).Select(static function => function.Path(function.Route.Contains("{name}", StringComparison.Ordinal) ? "order" : "done"))];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Get_AgainWithTheTag_Is304WithoutABody(string path)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("done");

        using var first = await GetAsync(shop, path);
        using var again = await GetAsync(shop, path, ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal((HttpStatusCode.OK, false, "no-cache"), (first.StatusCode, first.Headers.ETag.IsWeak, first.Headers.CacheControl?.ToString()));
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag, "no-cache"), (again.StatusCode, again.Headers.ETag, again.Headers.CacheControl?.ToString()));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Null(again.Content.Headers.ContentType);
    }

    [Fact]
    public async Task Get_TagInAnyOfItsForms_Is304()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("done");
        var tag = (await TagAsync(shop)).ToString();

        foreach (var header in (string[])[tag, "W/" + tag, $"\"other\", {tag}", $"\"other\",W/{tag} , \"third\"", "*"])
        {
            using var answer = await GetAsync(shop, Order, ("If-None-Match", header));
            Assert.True(answer.StatusCode == HttpStatusCode.NotModified, $"{header}: {answer.StatusCode}");
        }

        foreach (var header in (string[])["\"other\"", tag.Trim('"'), "W/\"other\"", tag[..^2] + "\"", ""])
        {
            using var answer = await GetAsync(shop, Order, ("If-None-Match", header));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{header}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Get_OrderHasChanged_IsSentWithAnotherTag()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("done");
        var before = await TagAsync(shop);
        _ = await shop.PostAsync(Order + "/cancel");
        _ = await shop.Host.WaitForCompletionAsync("done");

        using var after = await GetAsync(shop, Order, ("If-None-Match", before.ToString()));

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before, after.Headers.ETag);
        Assert.Contains("OrderCancelled", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithAWaitInWhichNothingHappens_WaitsAndIs304()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("done");
        var before = shop.Host.Clock.GetUtcNow();

        using var answer = await GetAsync(shop, Order, ("If-None-Match", (await TagAsync(shop)).ToString()), ("Prefer", "wait=5"));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Equal("wait=5", string.Join(',', answer.Headers.GetValues("Preference-Applied")));
        Assert.Equal(TimeSpan.FromSeconds(5), shop.Host.Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task Answers_ThatAreNoGetOrNo200_HaveNoTag()
    {
        await using var shop = await Shop.OpenAsync();

        using var unknown = await GetAsync(shop, "/api/orders/nobody", ("If-None-Match", "*"));
        using var refused = await GetAsync(shop, "/api/orders?top=0", ("If-None-Match", "*"));
        using var reconciled = await shop.Host.HttpClient.PostAsync(new Uri("/api/reconcile", UriKind.Relative), content: null);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.OK], [unknown.StatusCode, refused.StatusCode, reconciled.StatusCode]);
        Assert.All([unknown, refused, reconciled], static answer => Assert.Null(answer.Headers.ETag));
    }

    private static async Task<EntityTagHeaderValue> TagAsync(Shop shop)
    {
        using var answer = await GetAsync(shop, Order);
        return answer.Headers.ETag!;
    }

    private static async Task<HttpResponseMessage> GetAsync(Shop shop, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await shop.Host.HttpClient.SendAsync(request);
    }
}
