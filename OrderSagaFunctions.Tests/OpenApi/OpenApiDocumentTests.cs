using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Tests.Http;
using Sagas.Http;

namespace OrderSagaFunctions.Tests.OpenApi;

/// <summary>The OpenAPI document has every call, parameter, field and kind of problem of the app, and no other.</summary>
[Collection(RefusalsDefinition.Name)]
public sealed class OpenApiDocumentTests(RefusingShop shop)
{
    private const string Unknown = "nothing";

    [Fact]
    public async Task Document_ReadByTheModel_IsOpenApiWithoutAnError()
    {
        var (document, diagnostic) = OpenApiDocument.Parse((await GetAsync()).Text, "json");

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic!.SpecificationVersion);
        Assert.Empty(diagnostic.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Empty(document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task Document_Schemas_AreOfTheDialect() => Assert.All(
        (await GetAsync()).Schemas,
        static schema => Assert.True(MetaSchemas.Draft202012.Evaluate(System.Text.Json.JsonSerializer.SerializeToElement(schema.Value)).IsValid, schema.Key));

    [Fact]
    public async Task Document_References_AreToItsOwnComponents()
    {
        var document = await GetAsync();

        Assert.All(document.References, reference => Assert.NotNull(document.Resolve(new JsonObject { ["$ref"] = reference })));
        Assert.Equal(["Nothing"], document.Schemas.Where(static schema => schema.Value!["enum"] is null && schema.Value["properties"] is not JsonObject { Count: > 0 }).Select(static schema => schema.Key));
        Assert.Empty(document.Schemas.Select(static schema => $"#/components/schemas/{schema.Key}").Except(document.References));
    }

    [Fact]
    public async Task Document_Functions_AreAllThereAndNoOther() => Assert.Equal(
        HttpFunction.Calls.Select(static function => $"{function.Name} {function.Method} /api/{function.Route} {KeyOf(function)}").Order(StringComparer.Ordinal),
        (await GetAsync()).Operations
            .Select(static operation => $"{operation.Function} {operation.Method} {operation.Path} {string.Join(' ', (operation.Json["security"]?.AsArray() ?? []).Select(static key => key!.AsObject().Single().Key))}")
            .Order(StringComparer.Ordinal));

    [Fact]
    public async Task Document_KindsOfProblems_AreAllThereAndNoOther() => Assert.Equal(
        typeof(Problem).GetFields().Concat(typeof(OrderProblems).GetFields()).Select(static field => (string)field.GetRawConstantValue()!).Where(static value => value.StartsWith("urn:", StringComparison.Ordinal) && value != OrderProblems.UnknownFile).Order(StringComparer.Ordinal),
        (await GetAsync()).Operations.SelectMany(static operation => operation.Responses)
            .SelectMany(static response => response.Value!["content"]?["application/problem+json"]?["schema"]!["allOf"]![1]!["properties"]!["type"]!["enum"]!.AsArray() ?? [])
            .Select(static type => type!.GetValue<string>())
            .Where(static type => type != "about:blank")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));

    /// <summary>The app names the parameters and the fields that it knows where it refuses one that it does not.</summary>
    [Fact]
    public async Task Document_ParametersAndFields_AreThoseThatTheAppReads()
    {
        var document = await GetAsync();
        foreach (var operation in document.Operations)
        {
            var known = await FindKnownAsync(operation);

            Assert.Equal(operation.ParametersIn("query").Order(StringComparer.Ordinal), known[Unknown]);
            if (operation.Body is { } body)
            {
                Assert.Equal(FieldsOf(document, body["schema"]!), known["NOTHING"].Concat(known["ORDER_ID"]));
                Assert.Equal(operation.Function == "SubmitOrder" ? FieldsOf(document, document.Schemas["NewOrderLine"]!) : [], known["items[0].ITEM_ID"]);
            }
        }
    }

    [Fact]
    public async Task Document_FieldsAndParameters_AreDescribed()
    {
        var document = await GetAsync();

        Assert.All(document.Schemas.Where(static schema => schema.Value!["properties"] is not null), static schema => Assert.All(
            schema.Value!["properties"]!.AsObject(), field => Assert.True(field.Value!["description"] is not null, $"{schema.Key}.{field.Key}")));
        Assert.All(document.Operations, static operation => Assert.All(
            operation.Parameters, parameter => Assert.True(parameter["description"] is not null, $"{operation.Function}: {parameter["name"]}")));
        Assert.All(document.Operations, static operation => Assert.NotEmpty(operation.Json["summary"]!.GetValue<string>()));
    }

    private static string KeyOf(HttpFunction function) => function.Level switch
    {
        AuthorizationLevel.Anonymous => "",
        AuthorizationLevel.Admin => "masterKey masterKeyInQuery",
        _ => "functionKey functionKeyInQuery",
    };

    private static IEnumerable<string> FieldsOf(ServedDocument document, JsonNode schema) =>
        (document.Resolve(schema)["properties"]?.AsObject() ?? []).Select(static field => field.Key).Order(StringComparer.Ordinal);

    /// <summary>What the app says that it knows instead, by what it does not know.</summary>
    private async Task<ILookup<string, string>> FindKnownAsync(ServedOperation operation)
    {
        var path = operation.Path.Replace("{orderId}/{incidentId}", "33-left/ReleaseInventory-1", StringComparison.Ordinal)
            .Replace("{orderId}", RefusingShop.InReview, StringComparison.Ordinal)
            .Replace("{itemId}", "sku-100", StringComparison.Ordinal)
            .Replace("{name}", "order", StringComparison.Ordinal);
        // Of an order only what is meant, and misspelt, is refused.
        var body = operation.Function == "SubmitOrder" ? """{"ORDER_ID":1,"items":[{"ITEM_ID":1}]}""" : """{"NOTHING":1}""";
        var problem = await shop.RefuseAsync(
            System.Net.HttpStatusCode.BadRequest, "invalid-request", operation.Method, $"{path}?{Unknown}=1", operation.Body is null ? null : RefusingShop.Json(body));
        return problem.GetProperty("errors").EnumerateArray()
            .Select(static error => (Field: error.GetProperty("field").GetString()!, Known: error.GetProperty("expected").GetString()!.Split(" but ")))
            .Where(static error => error.Known.Length == 2)
            .SelectMany(static error => error.Known[1].Split(", ").Order(StringComparer.Ordinal), static (error, name) => (error.Field, Name: name))
            .ToLookup(static known => known.Field, static known => known.Name, StringComparer.Ordinal);
    }

    private Task<ServedDocument> GetAsync() => ServedDocument.GetAsync(shop.Host.HttpClient);
}
