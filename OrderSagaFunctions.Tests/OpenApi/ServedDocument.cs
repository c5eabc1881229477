using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace OrderSagaFunctions.Tests.OpenApi;

/// <summary>The OpenAPI document as the app serves it.</summary>
internal sealed class ServedDocument
{
    private readonly JsonObject _root;
    private readonly JsonObject _definitions;

    private ServedDocument(string text)
    {
        Text = text;
        _root = JsonNode.Parse(text)!.AsObject();
        _definitions = WithLocalReferences(Schemas).AsObject();
        foreach (var (_, schema) in _definitions)
        {
            // Callers are to expect further fields; a test is to find each that the document does not have.
            if (schema!["properties"] is not null)
            {
                schema["additionalProperties"] = false;
            }
        }
    }

    /// <summary>The whole of it.</summary>
    public string Text { get; }

    /// <summary>Its schemas by name.</summary>
    public JsonObject Schemas => _root["components"]!["schemas"]!.AsObject();

    /// <summary>What its parts refer to.</summary>
    public IEnumerable<string> References => ReferencesIn(_root).Distinct(StringComparer.Ordinal);

    /// <summary>The call that each function answers.</summary>
    public IReadOnlyList<ServedOperation> Operations =>
    [
        .. from path in _root["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new ServedOperation(path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject()),
    ];

    /// <summary>Asks an app for it.</summary>
    public static async Task<ServedDocument> GetAsync(HttpClient http) =>
        new(await http.GetStringAsync(new Uri("/api/openapi.json", UriKind.Relative)));

    /// <summary>A part of the document, or what it refers to.</summary>
    public JsonNode Resolve(JsonNode part) => part["$ref"] is { } reference
        ? reference.GetValue<string>().Split('/')[1..].Aggregate((JsonNode)_root, static (node, name) => node[name]!)
        : part;

    /// <summary>What is wrong with a value by one of the document's schemas, in which no other field than those named is allowed.</summary>
    public IReadOnlyList<string> ErrorsOf(JsonNode schema, JsonNode? value)
    {
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$defs"] = _definitions.DeepClone(),
            ["allOf"] = new JsonArray(WithLocalReferences(schema)),
        };
        var results = JsonSchema.FromText(whole.ToJsonString()).Evaluate(
            JsonSerializer.SerializeToElement(value), new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return results.IsValid ? [] :
        [
            .. from detail in results.Details ?? []
               from error in detail.Errors ?? []
               select $"{detail.InstanceLocation}: {error.Value} ({detail.EvaluationPath})",
        ];
    }

    private static IEnumerable<string> ReferencesIn(JsonNode? part) => part switch
    {
        JsonObject { Count: > 0 } whole => whole.SelectMany(static field => field is { Key: "$ref", Value: JsonValue reference } ? [reference.GetValue<string>()] : ReferencesIn(field.Value)),
        JsonArray list => list.SelectMany(ReferencesIn),
        _ => [],
    };

    private static JsonNode WithLocalReferences(JsonNode schema) =>
        JsonNode.Parse(schema.ToJsonString().Replace("\"#/components/schemas/", "\"#/$defs/", StringComparison.Ordinal))!;
}

/// <summary>A call of the document.</summary>
internal sealed record ServedOperation(string Path, string Method, JsonObject Json)
{
    /// <summary>Its function.</summary>
    public string Function => Json["operationId"]!.GetValue<string>();

    /// <summary>Its parameters.</summary>
    public IEnumerable<JsonNode> Parameters => (Json["parameters"]?.AsArray() ?? []).Select(static parameter => parameter!);

    /// <summary>Its body; null where it takes none.</summary>
    public JsonNode? Body => Json["requestBody"]?["content"]!["application/json"];

    /// <summary>What its answers are, by status.</summary>
    public JsonObject Responses => Json["responses"]!.AsObject();

    /// <summary>The names of its parameters at a place.</summary>
    public IEnumerable<string> ParametersIn(string place) =>
        Parameters.Where(parameter => parameter["in"]!.GetValue<string>() == place).Select(static parameter => parameter["name"]!.GetValue<string>());

    /// <summary>The names of all its examples.</summary>
    public IEnumerable<string> Examples => Parameters.Append(Body)
        .Concat(Responses.SelectMany(static response => response.Value!["content"]?.AsObject().Select(static form => form.Value) ?? []))
        .SelectMany(static part => part?["examples"]?.AsObject().Select(static example => example.Key) ?? [])
        .Distinct(StringComparer.Ordinal);

    /// <summary>The request of one of its examples.</summary>
    public HttpRequestMessage RequestOf(string example)
    {
        var (path, query) = (Path, new List<string>());
        var request = new HttpRequestMessage { Method = new HttpMethod(Method) };
        foreach (var parameter in Parameters)
        {
            var name = parameter["name"]!.GetValue<string>();
            if (parameter["examples"]?[example]?["value"]?.ToString() is not { } value)
            {
                continue;
            }

            switch (parameter["in"]!.GetValue<string>())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
                    break;
                case "query":
                    query.Add($"{name}={Uri.EscapeDataString(value)}");
                    break;
                default:
                    request.Headers.Add(name, value);
                    break;
            }
        }

        request.RequestUri = new Uri(query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", UriKind.Relative);
        request.Content = Body?["examples"]?[example] is { } body ? new StringContent(body["value"]!.ToJsonString(), new MediaTypeHeaderValue("application/json")) : null;
        return request;
    }
}
