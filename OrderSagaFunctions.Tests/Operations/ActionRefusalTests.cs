using System.Net;
using OrderSagaFunctions.Tests.Http;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>What people may not do to orders and incidents, because of how they say it or because of where the saga is.</summary>
[Collection(RefusalsDefinition.Name)]
public sealed class ActionRefusalTests(RefusingShop shop)
{
    private const string Decision = """{"approved":true,"reviewer":"ada"}""";
    private const string Reason = """{"by":"ada","reason":"Done by hand."}""";

    [Theory]
    [InlineData("approved", """{"reviewer":"ada"}""")]
    [InlineData("approved", """{"approved":"true","reviewer":"ada"}""")]
    [InlineData("approved", """{"approved":1,"reviewer":"ada"}""")]
    [InlineData("approved", """{"approved":null,"reviewer":"ada"}""")]
    [InlineData("reviewer", """{"approved":true}""")]
    [InlineData("reviewer", """{"approved":true,"reviewer":""}""")]
    [InlineData("reviewer", """{"approved":true,"reviewer":"  "}""")]
    [InlineData("reviewer", """{"approved":true,"reviewer":"ada\nadmin"}""")]
    [InlineData("reviewer", """{"approved":true,"reviewer":7}""")]
    [InlineData("reviewer", """{"approved":true,"reviewer":"\u200b\u200d\ufeff"}""")]
    [InlineData("reviewer", """{"approved":true,"reviewer":"\u3164\u2800"}""")]
    [InlineData("reviewer", """{"approved":true,"reviewer":"ada\u202egnp.exe"}""")]
    [InlineData("reviewer", """{"approved":true,"reviewer":"ada","reviewer":"bob"}""")]
    [InlineData("comment", """{"approved":true,"reviewer":"ada","comment":7}""")]
    [InlineData("comment", """{"approved":true,"reviewer":"ada","comment":"\u200b"}""")]
    [InlineData("coment", """{"approved":true,"reviewer":"ada","coment":"fine"}""")]
    public async Task Review_BadField_IsNamed(string field, string json) =>
        await shop.RefuseFieldAsync(field, "POST", $"/api/orders/{RefusingShop.InReview}/review", RefusingShop.Json(json));

    [Theory]
    [InlineData("/api/orders/in-review/cancel", false)]
    [InlineData("/api/orders/parked/retry", false)]
    [InlineData("/api/orders/stopped/recover", false)]
    [InlineData("/api/incidents/33-left/ReleaseInventory-1/retry", false)]
    [InlineData("/api/incidents/33-left/ReleaseInventory-1/close", true)]
    public async Task Act_BadNote_IsNamed(string path, bool needsReason)
    {
        foreach (var name in (string[])["\"\"", "\" \"", "7", "\"a\\u0000\"", "\"\\u200b\"", "\"a\\u2028b\"", $"\"{new string('a', 101)}\""])
        {
            await shop.RefuseFieldAsync("by", "POST", path, RefusingShop.Json($$"""{"by":{{name}},"reason":"because"}"""));
        }

        foreach (var reason in (string[])["\"\"", "\" \"", "7", "\"\\u200b\\n\"", "\"a\\u0007\"", $"\"{new string('a', 1001)}\"", .. needsReason ? ["null"] : Array.Empty<string>()])
        {
            await shop.RefuseFieldAsync("reason", "POST", path, RefusingShop.Json($$"""{"by":"ada","reason":{{reason}}}"""));
        }
    }

    [Fact]
    public async Task Review_TextTooLong_IsNamed()
    {
        await Review_BadField_IsNamed("reviewer", $$"""{"approved":true,"reviewer":"{{new string('a', 101)}}"}""");
        await Review_BadField_IsNamed("comment", $$"""{"approved":true,"reviewer":"ada","comment":"{{new string('a', 1001)}}"}""");
    }

    /// <summary>As a body in chunks arrives from the Functions host: without its bytes, and with them whatever note it had.</summary>
    [Theory]
    [InlineData("/api/orders")]
    [InlineData("/api/orders/in-review/review")]
    [InlineData("/api/orders/in-review/cancel")]
    [InlineData("/api/orders/parked/retry")]
    public async Task Act_BodyInChunksThatTheHostLost_IsRefused(string path) =>
        await shop.RefuseFieldAsync("$", "POST", path, RefusingShop.Json(""), ("Transfer-Encoding", "chunked"));

    [Theory]
    [InlineData("review", Decision)]
    [InlineData("cancel", "")]
    [InlineData("retry", "")]
    [InlineData("recover", "")]
    public async Task Act_UnknownOrder_Gets404(string action, string json)
    {
        foreach (var orderId in (string[])["nobody", "a%20b", "a%5Cb", new string('a', 65)])
        {
            await shop.RefuseAsync(HttpStatusCode.NotFound, "unknown-order", "POST", $"/api/orders/{orderId}/{action}", RefusingShop.Json(json));
        }
    }

    [Theory]
    [InlineData("retry", "")]
    [InlineData("close", Reason)]
    public async Task Act_UnknownIncident_Gets404(string action, string json)
    {
        foreach (var incident in (string[])["33-left/ProcessRefund-1", "done/ReleaseInventory-1", "nobody/ReleaseInventory-1", "33-left/a%20b", "a%5Cb/a", "33-left/a%5Cb"])
        {
            await shop.RefuseAsync(HttpStatusCode.NotFound, "unknown-incident", "POST", $"/api/incidents/{incident}/{action}", RefusingShop.Json(json));
        }
    }

    [Theory]
    [InlineData("orders/done/review", Decision, "not-in-review")]
    [InlineData("orders/parked/review", Decision, "not-in-review")]
    [InlineData("orders/cancelled/review", Decision, "not-in-review")]
    [InlineData("orders/stopped/review", Decision, "not-in-review")]
    [InlineData("orders/rejected/review", Decision, "already-decided")]
    [InlineData("orders/done/cancel", "", "too-late-to-cancel")]
    [InlineData("orders/33-left/cancel", "", "too-late-to-cancel")]
    [InlineData("orders/done/retry", "", "not-parked")]
    [InlineData("orders/in-review/retry", "", "not-parked")]
    [InlineData("orders/stopped/retry", "", "not-parked")]
    [InlineData("orders/done/recover", "", "not-recoverable")]
    [InlineData("orders/cancelled/recover", "", "not-recoverable")]
    [InlineData("orders/in-review/recover", "", "not-recoverable")]
    [InlineData("orders/parked/recover", "", "not-recoverable")]
    [InlineData("orders/33-left/recover", "", "not-recoverable")]
    [InlineData("incidents/33-dealt/ReleaseInventory-1/retry", "", "incident-closed")]
    [InlineData("incidents/33-dealt/ReleaseInventory-1/close", Reason, "incident-closed")]
    [InlineData("incidents/stopped/stopped-1/retry", "", "not-retriable")]
    public async Task Act_WhereTheSagaIsNotThere_Gets409(string path, string json, string type) =>
        await shop.RefuseAsync(HttpStatusCode.Conflict, type, "POST", "/api/" + path, RefusingShop.Json(json));

    [Fact]
    public async Task Review_DecidedBefore_IsToldTheDecision()
    {
        var problem = await shop.RefuseAsync(
            HttpStatusCode.Conflict, "already-decided", "POST", $"/api/orders/{RefusingShop.Rejected}/review", RefusingShop.Json(Decision));

        Assert.False(problem.GetProperty("decision").GetProperty("approved").GetBoolean());
        Assert.Equal("ada", problem.GetProperty("decision").GetProperty("reviewer").GetString());
    }
}
