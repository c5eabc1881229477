using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Http;

namespace OrderSagaFunctions.OpenApi;

/// <summary>Describes the API over HTTP, for tools.</summary>
public sealed class GetOpenApi(ApiDescription description)
{
    internal const string TagHeader = "ETag";

    /// <summary>The OpenAPI document; 304 where the caller has it already.</summary>
    [Function(nameof(GetOpenApi))]
    public async Task<HttpResponseData> RunAsync([HttpTrigger(Roles.Submit, "get", Route = "openapi.json")] HttpRequestData request)
    {
        if (QueryFields.RefuseAll(request) is { Count: > 0 } errors)
        {
            return await request.RefuseAsync(errors);
        }

        var response = IsKnown(request.Headers)
            ? request.CreateResponse(HttpStatusCode.NotModified)
            : await request.AnswerTextAsync(description.Json, "application/json");
        response.Headers.Add(TagHeader, description.Tag);
        return response;
    }

    // Weak tags are the same here: a proxy that compresses the answer makes one of a strong one.
    private bool IsKnown(HttpHeadersCollection headers) =>
        headers.TryGetValues("If-None-Match", out var known)
        && known.SelectMany(static value => value.Split(',', StringSplitOptions.TrimEntries)).Any(tag => tag == "*" || tag == description.Tag || tag == $"W/{description.Tag}");
}
