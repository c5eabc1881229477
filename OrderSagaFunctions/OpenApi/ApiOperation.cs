using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using Sagas.Http;

namespace OrderSagaFunctions.OpenApi;

/// <summary>Makes one call's part of the document.</summary>
internal sealed class ApiOperation(OpenApiDocument document, ApiCall call, ApiFunction function, IReadOnlyList<ApiExample> examples)
{
    private const string Json = "application/json";

    // What every answer to a GET has beside its own: HttpAnswers gives it a tag.
    private static readonly (string Name, string Meaning, bool IsAlwaysThere) Tag = (HttpCaching.TagHeader, "The version of the answer, to ask with.", true);
    private static readonly ApiAnswer NotModified = new(HttpStatusCode.NotModified, "The caller has this answer already.") { Headers = [Tag] };

    private bool IsTagged => function.Method == HttpMethod.Get && call.IsKept;

    /// <summary>Makes it.</summary>
    public OpenApiOperation Make() => new()
    {
        OperationId = call.Function,
        Summary = call.Summary,
        Tags = new HashSet<OpenApiTagReference> { new(call.Group, document) },
        Parameters = [.. AllParameters().Select(WithExamples)],
        RequestBody = call.Body is null ? null : Body(call.Body),
        Responses = Responses(),
        Security = ApiSecurity.Of(document, function.Level),
    };

    private IEnumerable<OpenApiParameter> AllParameters()
    {
        var own = function.PathParameters.Select(Parameters.InPath).Concat(call.Parameters);
        return IsTagged ? own.Append(Parameters.InHeader("If-None-Match", $"The {HttpCaching.TagHeader} of an answer that the caller has")) : own;
    }

    private IOpenApiParameter WithExamples(OpenApiParameter parameter)
    {
        parameter.Examples = Named(
            examples.Where(example => example.Values.ContainsKey(parameter.Name!)),
            example => ValueOf(example.Values[parameter.Name!], parameter.Schema!.Type!.Value));
        return parameter;
    }

    // A value that is not what it has to be is an example of its refusal, and stays a text.
    private static JsonNode ValueOf(string text, JsonSchemaType type) => type switch
    {
        JsonSchemaType.Integer when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        JsonSchemaType.Boolean when bool.TryParse(text, out var flag) => flag,
        _ => text,
    };

    private OpenApiRequestBody Body(string schema) => new()
    {
        Required = !call.IsBodyOptional,
        Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
        {
            [Json] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference(schema, document),
                Examples = Named(examples.Where(static example => example.Body is not null), static example => example.Body!.DeepClone()),
            },
        },
    };

    private OpenApiResponses Responses()
    {
        var all = (IsTagged ? call.Answers.Append(NotModified) : call.Answers).Select(answer => ((int)answer.Status, (IOpenApiResponse)Response(answer)))
            .Concat(HostAnswers.Of(document, hasBody: call.Body is not null, needsKey: function.Level != AuthorizationLevel.Anonymous));
        var kinds = call.Problems.Prepend(Problem.InvalidRequest).Select(static type => ProblemKind.All[type]);
        var refusals = (call.Body is null ? kinds : kinds.Append(ProblemKind.TooLarge)).GroupBy(static kind => kind.Status)
            .Select(kind => (kind.Key, (IOpenApiResponse)Refusal(kind.Key, [.. kind])));
        var responses = new OpenApiResponses();
        foreach (var (status, response) in all.Concat(refusals).OrderBy(static response => response.Item1))
        {
            // The call's own refusal comes after that of the host with its status, and tells of both.
            responses[status.ToString(CultureInfo.InvariantCulture)] = response;
        }

        return responses;
    }

    private OpenApiResponse Response(ApiAnswer answer)
    {
        var forms = answer.Others.Select(static other => (other.MediaType, Schema: (IOpenApiSchema)other.Schema));
        if (answer.Type is { } type)
        {
            forms = forms.Prepend((Json, SchemaOf(type)));
        }

        return new OpenApiResponse
        {
            Description = answer.Meaning,
            Headers = (IsTagged && answer.Status == HttpStatusCode.OK ? answer.Headers.Append(Tag) : answer.Headers).ToDictionary(static header => header.Name, static IOpenApiHeader (header) => HeaderOf(header), StringComparer.Ordinal),
            Content = forms.GroupBy(static form => form.MediaType, static form => form.Schema)
                .ToDictionary(static form => form.Key, IOpenApiMediaType (form) => MediaType((int)answer.Status, form.Key, [.. form]), StringComparer.Ordinal),
        };
    }

    private OpenApiResponse Refusal(int status, List<ProblemKind> kinds) => new()
    {
        Description = string.Join(' ', Kinds(status, kinds).Select(static kind => $"`{kind.Type}`: {kind.When}")),
        Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
        {
            [Problem.MediaType] = MediaType(status, Problem.MediaType, [ProblemSchema(Kinds(status, kinds).Select(static kind => kind.Type))]),
        },
    };

    private static IEnumerable<ProblemKind> Kinds(int status, IEnumerable<ProblemKind> own) => own.Concat(HostAnswers.Find(status) is { } host ? [host] : []);

    private OpenApiSchema ProblemSchema(IEnumerable<string> types) => new()
    {
        AllOf =
        [
            new OpenApiSchemaReference(nameof(Problem), document),
            new OpenApiSchema
            {
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                {
                    ["type"] = new OpenApiSchema { Enum = [.. types.Select(static type => (JsonNode)type)] },
                },
            },
        ],
    };

    private OpenApiMediaType MediaType(int status, string mediaType, List<IOpenApiSchema> schemas) => new OpenApiMediaType
    {
        Schema = schemas.Count == 1 ? schemas[0] : new OpenApiSchema { OneOf = schemas },
        // A text is no JSON, and the other way round.
        Examples = Named(
            examples.Where(example => example.Status == status && example.Answer is not null && (example.Answer is JsonValue) != mediaType.EndsWith("json", StringComparison.Ordinal)),
            static example => example.Answer!.DeepClone()),
    };

    private IOpenApiSchema SchemaOf(Type type) => type.IsGenericType
        ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = SchemaOf(type.GetGenericArguments()[0]) }
        : new OpenApiSchemaReference(type.Name, document);

    private static OpenApiHeader HeaderOf((string Name, string Meaning, bool IsAlwaysThere) header) =>
        new() { Description = header.Meaning, Required = header.IsAlwaysThere, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static Dictionary<string, IOpenApiExample>? Named(IEnumerable<ApiExample> examples, Func<ApiExample, JsonNode> valueOf) =>
        examples.ToDictionary(
            static example => example.Name,
            IOpenApiExample (example) => new OpenApiExample { Summary = example.Title, Value = valueOf(example) },
            StringComparer.Ordinal) is { Count: > 0 } named ? named : null;
}
