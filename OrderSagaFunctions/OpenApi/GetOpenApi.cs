using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Sagas.Http;

namespace OrderSagaFunctions.OpenApi;

/// <summary>Describes the API over HTTP, for tools.</summary>
public sealed class GetOpenApi(ApiDescription description)
{
    /// <summary>The OpenAPI document; 304 where the caller has it already.</summary>
    [Function(nameof(GetOpenApi))]
    public async Task<HttpResponseData> RunAsync([HttpTrigger(Roles.Submit, "get", Route = "openapi.json")] HttpRequestData request) =>
        QueryFields.RefuseAll(request) is { Count: > 0 } errors
            ? await request.RefuseAsync(errors)
            : await request.AnswerTextAsync(description.Utf8, "application/json");
}
