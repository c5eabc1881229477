using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Submissions;

namespace OrderSagaFunctions.Tests.Orders;

public sealed class SubmissionKeyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("order_1-A")]
    public void ToInstanceId_NoKeyOrTheOrdersId_IsTheOrdersId(string? key) => Assert.Equal("order_1-A", SubmissionKey.ToInstanceId("order_1-A", key));

    [Fact]
    public void ToInstanceId_AnyOtherKey_IsLegalAndItsOwnAndNoOrdersId()
    {
        string[] keys = ["other-order", "a b", "a/b", "@entity@1", new string('x', 255), "a?b"];

        var ids = keys.Select(static key => SubmissionKey.ToInstanceId("order", key)).ToList();

        Assert.All(ids, static id => Assert.Matches("^[A-Za-z0-9_-]{65,100}$", id));
        Assert.Distinct(ids);
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("\"abc\"", "abc")]
    public void TryRead_Header_GivesTheKeyWithoutQuotes(string header, string key)
    {
        Assert.True(SubmissionKey.TryRead(Headers(header), out var read));
        Assert.Equal(key, read);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("a b")]
    [InlineData("schlüssel")]
    [InlineData("a,b")]
    [InlineData("\"a\",\"b\"")]
    [InlineData("\"a")]
    [InlineData("a\"")]
    [InlineData("\"")]
    public void TryRead_UnusableHeader_IsRefused(string header) => Assert.False(SubmissionKey.TryRead(Headers(header), out _));

    [Fact]
    public void TryRead_NoHeader_IsNoKey()
    {
        Assert.True(SubmissionKey.TryRead([], out var key));
        Assert.Null(key);
    }

    private static HttpHeadersCollection Headers(string key)
    {
        var headers = new HttpHeadersCollection();
        headers.TryAddWithoutValidation("Idempotency-Key", key);
        return headers;
    }
}
