using System.Net;
using Microsoft.OpenApi;
using Sagas.Http;

namespace OrderSagaFunctions.OpenApi;

/// <summary>What the hosts themselves answer to any call, which the app then does not see.</summary>
internal static class HostAnswers
{
    private static readonly (HttpStatusCode Status, string Name, string When, bool IsProblem, bool IsOfBodies)[] All =
    [
        (HttpStatusCode.Unauthorized, "NoKey", "Where keys are in force: there is none that is good for this call.", false, false),
        (HttpStatusCode.RequestTimeout, "TooSlow", "Of the embedded host: the body comes too slowly.", true, true),
        (HttpStatusCode.ServiceUnavailable, "Unavailable", "Of the embedded host: it has no memory or no time for the call, or it stops. Retry-After says when to come again.", true, false),
    ];

    /// <summary>References to the answers that a call may get; they are in the document once.</summary>
    public static IEnumerable<(int Status, IOpenApiResponse Answer)> Of(OpenApiDocument document, bool hasBody)
    {
        foreach (var (status, name, when, isProblem, _) in All.Where(answer => hasBody || !answer.IsOfBodies))
        {
            if (document.Components!.Responses?.ContainsKey(name) is not true)
            {
                document.AddComponent<IOpenApiResponse>(name, new OpenApiResponse { Description = when, Content = isProblem ? ContentOf(document) : null });
            }

            yield return ((int)status, new OpenApiResponseReference(name, document));
        }
    }

    private static Dictionary<string, IOpenApiMediaType> ContentOf(OpenApiDocument document) => new(StringComparer.Ordinal)
    {
        [Problem.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
    };
}
