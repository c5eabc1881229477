using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Submissions;
using Sagas.Fields;

namespace OrderSagaFunctions.Tests.Orders;

public sealed class OrderParserTests
{
    private const string Valid = """
        {"order_id":"o-1","order_date":"2026-03-14T10:26:53+01:00","customer_id":"c-1",
         "items":[{"item_id":"sku-100","qty":2,"description":"Keyboard","unit_price":49.9},{"item_id":"sku-200","qty":1,"unit_price":8}]}
        """;

    private readonly List<FieldError> _errors = [];

    [Fact]
    public void Parse_SnakeCase_ReadsEveryField()
    {
        var order = Parse(Valid)!;

        Assert.Equal("o-1", order.OrderId);
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero), order.OrderDate);
        Assert.Equal([new OrderLine("sku-100", 2, "Keyboard", 4990), new OrderLine("sku-200", 1, null, 800)], order.Lines);
        Assert.Equal(new Money(10780, "EUR"), order.Total);
    }

    [Fact]
    public void Parse_CamelCase_IsTheSameOrder()
    {
        var camel = Valid.Replace("order_id", "orderId", StringComparison.Ordinal).Replace("order_date", "orderDate", StringComparison.Ordinal)
            .Replace("customer_id", "customerId", StringComparison.Ordinal).Replace("item_id", "itemId", StringComparison.Ordinal)
            .Replace("unit_price", "unitPrice", StringComparison.Ordinal);

        Assert.Equal(SubmissionKey.Fingerprint(Parse(Valid)!), SubmissionKey.Fingerprint(Parse(camel)!));
    }

    [Theory]
    [InlineData("2.0", "49.90")]
    [InlineData("20e-1", "4.99e1")]
    [InlineData("0.2E+1", "4990E-2")]
    [InlineData("2.00e0", "0.0499e3")]
    public void Parse_NumbersOfTheSameValue_AreTheSameOrder(string quantity, string price)
    {
        var other = Valid.Replace("\"qty\":2", $"\"qty\":{quantity}", StringComparison.Ordinal).Replace("49.9", price, StringComparison.Ordinal);

        Assert.Equal(SubmissionKey.Fingerprint(Parse(Valid)!), SubmissionKey.Fingerprint(Parse(other)!));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("😀")]
    public void Parse_DescriptionAtItsLimit_IsCountedInCharacters(string character)
    {
        string Described(int length) => Valid.Replace("Keyboard", string.Concat(Enumerable.Repeat(character, length)), StringComparison.Ordinal);

        Assert.NotNull(Parse(Described(OrderLimits.DescriptionLength)));
        Assert.Null(Parse(Described(OrderLimits.DescriptionLength + 1)));
        Assert.Equal("items[0].description", Assert.Single(_errors).Field);
    }

    [Fact]
    public void Parse_OtherQuantity_HasAnotherFingerprint() => Assert.NotEqual(
        SubmissionKey.Fingerprint(Parse(Valid)!),
        SubmissionKey.Fingerprint(Parse(Valid.Replace("\"qty\":2", "\"qty\":3", StringComparison.Ordinal))!));

    [Theory]
    [InlineData("$.order_id", "\"a b\"", "order_id")]
    [InlineData("$.order_id", "\"a/b\"", "order_id")]
    [InlineData("$.order_id", "17", "order_id")]
    [InlineData("$.order_id", "null", "order_id")]
    [InlineData("$.order_date", "\"soon\"", "order_date")]
    [InlineData("$.customer_id", "\"\"", "customer_id")]
    [InlineData("$.currency", "\"XXX\"", "currency")]
    [InlineData("$.ship_to_country", "\"Germany\"", "ship_to_country")]
    [InlineData("$.items", "[]", "items")]
    [InlineData("$.items", "{}", "items")]
    [InlineData("$.items", "[1]", "items[0]")]
    [InlineData("$.items[1].qty", "0", "items[1].qty")]
    [InlineData("$.items[1].qty", "1.5", "items[1].qty")]
    [InlineData("$.items[1].qty", "\"2\"", "items[1].qty")]
    [InlineData("$.items[0].unit_price", "-1", "items[0].unit_price")]
    [InlineData("$.items[0].unit_price", "1.999", "items[0].unit_price")]
    [InlineData("$.items[0].unit_price", "1e30", "items[0].unit_price")]
    [InlineData("$.items[0].unit_price", "1e999999999", "items[0].unit_price")]
    [InlineData("$.items[0].item_id", "\"a#b\"", "items[0].item_id")]
    [InlineData("$.items[0].description", "\"\\u0007\"", "items[0].description")]
    public void Parse_BadField_NamesItAndWhatCame(string path, string value, string field)
    {
        Assert.Null(Parse(With(path, value)));

        var error = Assert.Single(_errors);
        Assert.Equal(field, error.Field);
        Assert.NotEmpty(error.Expected);
        Assert.NotEmpty(error.Found);
    }

    [Fact]
    public void Parse_SeveralMistakes_NamesEachOfThem()
    {
        Assert.Null(Parse("""{"items":[{"qty":0}]}"""));

        Assert.Equal(["order_id", "customer_id", "items[0].item_id", "items[0].qty", "items[0].unit_price"], _errors.Select(error => error.Field));
    }

    [Fact]
    public void Parse_TooManyLines_IsRefused()
    {
        Assert.Null(Parse(WithLines(101, "x")));
        Assert.Equal("items", Assert.Single(_errors).Field);
    }

    [Fact]
    public void Parse_HundredLinesOfLongDescriptions_FitATableProperty()
    {
        var order = Parse(WithLines(100, new string('ü', OrderLimits.DescriptionLength)))!;

        Assert.InRange(OrderRows.WriteLines(order.Lines).Length, 1, 32 * 1024);
    }

    [Fact]
    public void Parse_TotalAboveTheLargestAmount_IsRefused()
    {
        Assert.Null(Parse(With("$.items[0].unit_price", "999999999")));
        Assert.Equal("items", Assert.Single(_errors).Field);
    }

    [Theory]
    [InlineData("JPY", "1.5")]
    [InlineData("EUR", "0.001")]
    public void Parse_MoreDecimalsThanTheCurrencyHas_IsRefused(string currency, string price)
    {
        var json = With("$.items[0].unit_price", price).Replace("\"customer_id\"", $"\"currency\":\"{currency}\",\"customer_id\"", StringComparison.Ordinal);

        Assert.Null(Parse(json));
        Assert.Equal("items[0].unit_price", _errors[0].Field);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("11")]
    [InlineData("2")]
    [InlineData("22")]
    [InlineData("3")]
    [InlineData("33")]
    [InlineData("4")]
    public async Task Parse_PublishedScenario_IsValidAndNotFlagged(string scenario)
    {
        var order = Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scenarios", $"order-{scenario}.json")))!;
        var rules = new CheckRules(Options.Create(new CheckOptions()));
        var facts = CheckFacts.Of(order);

        Assert.All([rules.Identity(facts), rules.Address(facts), rules.Credit(facts), rules.Fraud(facts)], verdict => Assert.Null(verdict.Flag));
    }

    private Order? Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return OrderParser.Parse(document.RootElement, "EUR", _errors);
    }

    private static string With(string path, string value)
    {
        var json = JsonNode.Parse(Valid)!;
        var parts = path[2..].Split('.');
        JsonNode node = json;
        foreach (var part in parts[..^1])
        {
            node = node["items"]![part["items[".Length] - '0']!;
        }

        node[parts[^1]] = JsonNode.Parse(value);
        return json.ToJsonString();
    }

    private static string WithLines(int count, string description)
    {
        var json = JsonNode.Parse(Valid)!;
        json["items"] = new JsonArray([.. Enumerable.Range(0, count).Select(i =>
            new JsonObject { ["item_id"] = $"sku-{i}", ["qty"] = 1, ["description"] = description, ["unit_price"] = 1.25 })]);
        return json.ToJsonString();
    }
}
