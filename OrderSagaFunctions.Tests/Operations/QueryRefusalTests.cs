using System.Buffers.Text;
using System.Net;
using System.Text;
using OrderSagaFunctions.Tests.Http;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>Searches that are not made, and things that are not there.</summary>
[Collection(RefusalsDefinition.Name)]
public sealed class QueryRefusalTests(RefusingShop shop)
{
    private static readonly string[] NoTops = ["0", "-1", "501", "many", "", "1.5", "+5", " 5", "5%20", "1e3", "99999999999", "1&top=2"];

    [Theory]
    [InlineData("/api/orders", "status", "Gone", "1", "", "Pending%20", "Pending,Received", "New&status=Pending")]
    [InlineData("/api/orders", "outcome", "", "0", "Lost")]
    [InlineData("/api/orders", "customer", "", "a%20b", "a%00b", "a&customer=b")]
    [InlineData("/api/orders", "from", "yesterday", "10:26", "14/3", "03/14/2026", "1600-12-31", "2026-02-30", "2026-03-14T00:00:00Z%20", "%202026-03-14T00:00:00Z", "")]
    [InlineData("/api/orders", "to", "tomorrow", "2026", "9999-12-31T23:59:59-14:00", "2026-03-14T00:00:00+01:00")]
    [InlineData("/api/orders", "flagged", "perhaps", "1", "", "true%20")]
    [InlineData("/api/orders", "parked", "yes", "0")]
    [InlineData("/api/orders", "incident", "no", "2")]
    [InlineData("/api/orders", "running", "maybe", "1", "")]
    [InlineData("/api/orders", "retrying", "again", "0", "")]
    [InlineData("/api/orders", "prefix", "", "a%20", "a.b", "%C3%A4", "a&prefix=b", "a123456789012345678901234567890123456789012345678901234567890abcd")]
    [InlineData("/api/orders/done/history", "instance", "", "a%20b", "a.b", "done&instance=done", "..%2Fdone")]
    [InlineData("/api/orders/done/history", "payloads", "", "1", "all")]
    [InlineData("/api/orders/stuck", "longerThan", "10", "", "-PT1M", "P366D", "P100000D", "PT10M%20", "%20PT10M", "P1M", "PT99999999999999999999S")]
    [InlineData("/api/incidents", "status", "New", "0", "")]
    public async Task Get_BadParameter_IsNamed(string path, string field, params string[] values)
    {
        foreach (var value in values)
        {
            await shop.RefuseFieldAsync(field, "GET", $"{path}?{field}={value}");
        }
    }

    [Theory]
    [InlineData("/api/orders")]
    [InlineData("/api/orders/stuck")]
    [InlineData("/api/reviews")]
    [InlineData("/api/incidents")]
    public async Task Get_BadTop_IsNamed(string path) => await Get_BadParameter_IsNamed(path, "top", NoTops);

    [Theory]
    [InlineData("/api/orders", "", "a|b", "a b", "a\0b", "1234567890123456789 a")]
    [InlineData("/api/orders/stuck", "", "a", "done", "123 a", "1234567890123456789 ", "1234567890123456789 a\u0001", "1234567890123456789 a|b")]
    [InlineData("/api/reviews", "", "done", "123 a", "1234567890123456789 a|b")]
    [InlineData("/api/incidents", "", "done", "done|", "|a", "a|b|c", "a|b c", "a|b'")]
    public async Task Get_TokenOfAnotherList_IsRefused(string path, params string[] keys)
    {
        string[] tokens = [.. keys.Select(static key => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))), "%25", "a", "_w"];
        await Get_BadParameter_IsNamed(path, "continuationToken", tokens);
    }

    [Theory]
    [InlineData("/api/orders")]
    [InlineData("/api/orders/counts")]
    [InlineData("/api/orders/stuck")]
    [InlineData("/api/reviews")]
    [InlineData("/api/incidents")]
    [InlineData("/api/inventory")]
    [InlineData("/api/audit")]
    [InlineData("/api/orders/done")]
    [InlineData("/api/orders/done/timeline")]
    [InlineData("/api/orders/done/history")]
    [InlineData("/api/sagas/order/definition")]
    public async Task Get_ParameterThatItDoesNotHave_IsNamed(string path) => await Get_BadParameter_IsNamed(path, "custmer", "c-1", "");

    [Theory]
    [InlineData("/api/orders/nobody", "unknown-order")]
    [InlineData("/api/orders/a%20b", "unknown-order")]
    [InlineData("/api/orders/a%27b", "unknown-order")]
    [InlineData("/api/orders/a%5Cb", "unknown-order")]
    [InlineData("/api/orders/%C3%A4", "unknown-order")]
    [InlineData("/api/orders/nobody/timeline", "unknown-order")]
    [InlineData("/api/orders/a%23b/timeline", "unknown-order")]
    [InlineData("/api/orders/nobody/history", "unknown-order")]
    [InlineData("/api/orders/a%23b/history?instance=done", "unknown-order")]
    [InlineData("/api/orders/done/history?instance=in-review", "unknown-instance")]
    [InlineData("/api/orders/done/history?instance=done-recovery-1", "unknown-instance")]
    [InlineData("/api/sagas/nothing/definition", "unknown-saga")]
    [InlineData("/api/sagas/Order/definition", "unknown-saga")]
    public async Task Get_WhatIsNotThere_Gets404(string path, string type) => await shop.RefuseAsync(HttpStatusCode.NotFound, type, "GET", path);

    [Fact]
    public async Task Get_UnknownSaga_IsToldWhichThereAre()
    {
        var problem = await shop.RefuseAsync(HttpStatusCode.NotFound, "unknown-saga", "GET", "/api/sagas/nothing/definition");

        Assert.Equal("There is no saga 'nothing'. Sagas are order, fulfilment.", problem.GetProperty("detail").GetString());
    }
}
