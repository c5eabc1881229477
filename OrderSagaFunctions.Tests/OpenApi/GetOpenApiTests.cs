using System.Net;
using OrderSagaFunctions.Tests.Http;

namespace OrderSagaFunctions.Tests.OpenApi;

/// <summary>How the OpenAPI document is served.</summary>
[Collection(RefusalsDefinition.Name)]
public sealed class GetOpenApiTests(RefusingShop shop)
{
    private static readonly Uri Address = new("/api/openapi.json", UriKind.Relative);

    [Fact]
    public async Task Get_Document_IsJsonWithATag()
    {
        using var answer = await shop.Host.HttpClient.GetAsync(Address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(answer.Headers.ETag!.IsWeak);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"another\", {0}")]
    [InlineData("*")]
    public async Task Get_DocumentThatTheCallerHas_Is304WithoutABody(string known)
    {
        using var first = await shop.Host.HttpClient.GetAsync(Address);
        using var answer = await AskAsync(string.Format(null, known, first.Headers.ETag));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Equal(first.Headers.ETag, answer.Headers.ETag);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_OtherDocumentThanTheCallerHas_IsSent()
    {
        using var answer = await AskAsync("\"another\"");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<HttpResponseMessage> AskAsync(string known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.Add("If-None-Match", known);
        return await shop.Host.HttpClient.SendAsync(request);
    }
}
