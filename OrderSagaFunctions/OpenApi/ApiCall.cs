using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;

namespace OrderSagaFunctions.OpenApi;

/// <summary>A call, as the document tells of it beside what its function's attributes say.</summary>
/// <param name="Function">The function that it calls.</param>
/// <param name="Group">Under which heading it stands.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Answers">What it answers where it is not refused.</param>
internal sealed record ApiCall(string Function, string Group, string Summary, params ApiAnswer[] Answers)
{
    /// <summary>Its parameters in the query and in headers.</summary>
    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];

    /// <summary>The name of its body's schema; null where it takes none.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>Whether its answer may be kept, and be asked for again by its tag: of a GET.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>What it may be refused with, beside a request that is invalid.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>An answer of a call.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Meaning">What it tells.</param>
/// <param name="Type">The type of its JSON; null where the answer has none.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, string Meaning, Type? Type = null)
{
    /// <summary>The headers that it has, each with what it says.</summary>
    public IReadOnlyList<(string Name, string Meaning, bool IsAlwaysThere)> Headers { get; init; } = [];

    /// <summary>Other forms that the caller can ask for: media types and schemas.</summary>
    public IReadOnlyList<(string MediaType, OpenApiSchema Schema)> Others { get; init; } = [];
}

/// <summary>The keys that calls need, where keys are in force: each in a header or in the query.</summary>
internal static class ApiSecurity
{
    private static readonly (string Name, string Meaning)[] Keys =
    [
        ("functionKey", "The key of the function, or the host's; the master key opens it, too."),
        ("masterKey", "The master key alone: an operator's."),
    ];

    private static readonly (string Name, string Parameter, ParameterLocation Place)[] Places =
        [(string.Empty, "x-functions-key", ParameterLocation.Header), ("InQuery", "code", ParameterLocation.Query)];

    /// <summary>Adds the keys to a document.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        foreach (var (key, meaning) in Keys)
        {
            foreach (var (suffix, parameter, place) in Places)
            {
                document.AddComponent<IOpenApiSecurityScheme>(
                    key + suffix, new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, Name = parameter, In = place, Description = meaning });
            }
        }
    }

    /// <summary>What a function's level asks for: one of these, or nothing.</summary>
    public static List<OpenApiSecurityRequirement> Of(OpenApiDocument document, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous)
        {
            return [];
        }

        var key = level == AuthorizationLevel.Admin ? Keys[1].Name : Keys[0].Name;
        return [.. Places.Select(place => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(key + place.Name, document)] = [] })];
    }
}
