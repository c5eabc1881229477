using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;

namespace OrderSagaFunctions.OpenApi;

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

    /// <summary>What a function's level asks for: one of these.</summary>
    public static List<OpenApiSecurityRequirement> Of(OpenApiDocument document, AuthorizationLevel level)
    {
        var key = level == AuthorizationLevel.Admin ? Keys[1].Name : Keys[0].Name;
        return [.. Places.Select(place => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(key + place.Name, document)] = [] })];
    }
}
