using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Sagas.Http;

namespace OrderSagaFunctions.OpenApi;

/// <summary>Makes the document of the API of its calls, its functions' attributes, its types and its examples.</summary>
internal static class ApiDocument
{
    private const string About =
        """
        An order saga on Azure Durable Functions. Every refusal is a problem (RFC 9457) and changes nothing. A parameter that is not
        named here is refused. Examples of the same name belong together: those of a call's parameters and its body are
        answered with that of its answer.
        """;

    /// <summary>Makes the document.</summary>
    public static OpenApiDocument Make()
    {
        var (calls, functions) = (ApiCalls.All(), ApiFunction.ReadAll());
        var examples = ApiExample.ReadAll(functions.Values).ToLookup(static example => example.Function, StringComparer.Ordinal);
        var document = WithSchemas(calls);
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = ApiCalls.Groups.Select(static group => new OpenApiTag { Name = group }).ToHashSet();
        document.Paths = [];
        RequestSchemas.AddTo(document);
        ApiSecurity.AddTo(document);
        foreach (var call in calls)
        {
            var function = functions[call.Function];
            if (!document.Paths.TryGetValue(function.Path, out var path))
            {
                document.Paths.Add(function.Path, path = new OpenApiPathItem());
            }

            ((OpenApiPathItem)path).AddOperation(function.Method, new ApiOperation(document, call, function, [.. examples[call.Function]]).Make());
        }

        return document;
    }

    // The exporter's schemas become the model's by being read.
    private static OpenApiDocument WithSchemas(IEnumerable<ApiCall> calls)
    {
        var schemas = new AnswerSchemas(new XmlTexts());
        schemas.Add(typeof(Problem));
        foreach (var type in calls.SelectMany(static call => call.Answers).Select(static answer => answer.Type).OfType<Type>())
        {
            schemas.Add(type);
        }

        var version = typeof(ApiDocument).Assembly.GetName().Version!.ToString(fieldCount: 3);
        var json = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Order saga", ["version"] = version, ["description"] = About.ReplaceLineEndings(" ") },
            ["paths"] = new JsonObject(),
            ["components"] = new JsonObject { ["schemas"] = new JsonObject(schemas.Named.Select(static schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value))) },
        };
        return OpenApiDocument.Parse(json.ToJsonString(), "json").Document!;
    }
}
