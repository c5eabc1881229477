using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderSagaFunctions.Tests.Http;

namespace OrderSagaFunctions.Tests.Orders;

/// <summary>Orders that are not taken.</summary>
[Collection(RefusalsDefinition.Name)]
public sealed class SubmissionRefusalTests(RefusingShop shop)
{
    private const string Valid = """
        {"order_id":"new","order_date":"2026-03-14T10:26:53+01:00","customer_id":"c-1","currency":"EUR","ship_to_country":"DE",
         "items":[{"item_id":"sku-100","qty":2,"description":"Keyboard","unit_price":49.9},{"item_id":"sku-200","qty":1,"unit_price":8}]}
        """;

    [Theory]
    [InlineData("order_id", "null", "17", "\"\"", "\"a b\"", "\"a/b\"", "\"a\\u0000\"", "\"ä\"", "[\"a\"]")]
    [InlineData("order_id", "\"counts\"", "\"Stuck\"", "\"deliver-notifications\"", "\"redrive-a\"", "\"a-recovery-1\"")]
    [InlineData("customer_id", "null", "17", "\"\"", "\"a b\"", "\"a#b\"", "\"a\\u0000\"")]
    [InlineData("order_date", "\"soon\"", "\"10:26\"", "\"14/3\"", "\"03/14/2026\"", "\"2026-02-30T00:00:00Z\"", "\"2026-03-14T00:00:00Z \"", "\"1600-12-31T00:00:00Z\"", "\"\"", "0", "{}")]
    [InlineData("currency", "\"XXX\"", "\"eur\"", "978")]
    [InlineData("ship_to_country", "\"Germany\"", "\"de\"", "49")]
    [InlineData("items", "null", "[]", "{}", "\"sku-100\"")]
    [InlineData("items[1]", "1", "null", "[]")]
    [InlineData("items[0].item_id", "null", "1", "\"\"", "\"a#b\"", "\"a\\\\b\"")]
    [InlineData("items[1].qty", "null", "0", "-1", "1.5", "1e-1", "1e999999999", "1.0e7", "\"2\"", "1000001", "99999999999999999999", "true")]
    [InlineData("items[0].unit_price", "null", "-1", "1.999", "1e-3", "1e30", "1e999999999", "1e-30", "0.0000000000000000000000000001", "1000000000.01", "\"1\"")]
    [InlineData("items[0].description", "\"\\u0007\"", "\"a\\u0000b\"", "1")]
    [InlineData("items[0].qty", "2,\"qty\":2")]
    [InlineData("items[0].Qty", "2")]
    [InlineData("items[1].unit-price", "2")]
    [InlineData("Currency", "\"JPY\"")]
    public async Task Submit_BadField_IsNamed(string field, params string[] values)
    {
        foreach (var value in values)
        {
            await shop.RefuseFieldAsync(field, "POST", "/api/orders", RefusingShop.Json(With(field, value)));
        }
    }

    [Theory]
    [InlineData("order_id", "orderId", "\"new\"")]
    [InlineData("order_date", "orderDate", "\"2026-03-14\"")]
    [InlineData("customer_id", "customerId", "\"c-2\"")]
    [InlineData("ship_to_country", "shipToCountry", "\"FR\"")]
    public async Task Submit_FieldInBothSpellings_IsNamed(string field, string other, string value) => await shop.RefuseFieldAsync(
        field, "POST", "/api/orders", RefusingShop.Json(Valid.Replace("\"items\"", $"\"{other}\":{value},\"items\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("orderId", "orderId", "\"a b\"")]
    [InlineData("customerId", "customerId", "17")]
    [InlineData("items[0].unitPrice", "unitPrice", "-1")]
    public async Task Submit_BadFieldInCamelCase_IsNamedAsItCame(string field, string name, string value)
    {
        var camel = Valid.Replace("order_id", "orderId", StringComparison.Ordinal).Replace("order_date", "orderDate", StringComparison.Ordinal)
            .Replace("customer_id", "customerId", StringComparison.Ordinal).Replace("ship_to_country", "shipToCountry", StringComparison.Ordinal)
            .Replace("item_id", "itemId", StringComparison.Ordinal).Replace("unit_price", "unitPrice", StringComparison.Ordinal);
        var valueBefore = Regex.Match(camel, $"\"{name}\":(?<value>[^,}}]+)").Groups["value"];

        await shop.RefuseFieldAsync(field, "POST", "/api/orders", RefusingShop.Json(camel.Remove(valueBefore.Index, valueBefore.Length).Insert(valueBefore.Index, value)));
    }

    [Fact]
    public async Task Submit_LineInBothSpellings_IsNamed() => await shop.RefuseFieldAsync(
        "items[1].unit_price", "POST", "/api/orders", RefusingShop.Json(With("items[1].unit_price", "8,\"unitPrice\":80")));

    [Theory]
    [InlineData("order_id", 65)]
    [InlineData("customer_id", 65)]
    [InlineData("items[0].item_id", 65)]
    [InlineData("items[0].description", 201)]
    public async Task Submit_TextTooLong_IsNamedAndShortened(string field, int length) =>
        await shop.RefuseFieldAsync(field, "POST", "/api/orders", RefusingShop.Json(With(field, $"\"{new string('a', length)}\"")));

    [Fact]
    public async Task Submit_MoreThanAnOrderMayHold_NamesTheItems()
    {
        foreach (var lines in (string[])
            [Lines(101, """{"item_id":"a","qty":1,"unit_price":1}"""), Lines(2, """{"item_id":"a","qty":1000000,"unit_price":1000}"""),
                Lines(100, $$"""{"item_id":"a","qty":1,"unit_price":1,"description":"{{new string('"', 200).Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""")])
        {
            await shop.RefuseFieldAsync("items", "POST", "/api/orders", RefusingShop.Json(With("items", lines)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("a b")]
    [InlineData("schlüssel")]
    [InlineData("one,two")]
    [InlineData("\"one\",\"two\"")]
    [InlineData("\"half")]
    public async Task Submit_UnusableKey_IsNamed(string key) =>
        await shop.RefuseFieldAsync("Idempotency-Key", "POST", "/api/orders", RefusingShop.Json(Valid), ("Idempotency-Key", key));

    [Fact]
    public async Task Submit_TwoKeys_AreRefused() => await shop.RefuseFieldAsync(
        "Idempotency-Key", "POST", "/api/orders", RefusingShop.Json(Valid), ("Idempotency-Key", "one"), ("Idempotency-Key", "two"));

    [Fact]
    public async Task Submit_KeyTooLong_IsNamed() => await Submit_UnusableKey_IsNamed(new string('k', 256));

    [Fact]
    public async Task Submit_KnownOrderWithOtherContents_Gets409() =>
        await shop.RefuseAsync(HttpStatusCode.Conflict, "other-submission", "POST", "/api/orders", RefusingShop.Json(With("order_id", "\"done\"")));

    private static string Lines(int count, string line) => $"[{string.Join(',', Enumerable.Repeat(line, count))}]";

    private static string With(string field, string value)
    {
        var order = JsonNode.Parse(Valid)!;
        var parts = field.Replace("]", "", StringComparison.Ordinal).Split('.', '[');
        var holder = parts[..^1].Aggregate(order, static (node, part) => int.TryParse(part, out var index) ? node[index]! : node[part]!);
        // Parsed, a number would lose its form.
        const string Mark = "\"the value\"";
        if (int.TryParse(parts[^1], out var line))
        {
            holder[line] = "the value";
        }
        else
        {
            holder[parts[^1]] = "the value";
        }

        return order.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
    }
}
