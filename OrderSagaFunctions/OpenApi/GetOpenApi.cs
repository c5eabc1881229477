using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.OpenApi;
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

/// <summary>The description of the API as it is sent: made at the first call that asks for it.</summary>
public sealed class ApiDescription
{
    private readonly Lazy<byte[]> _utf8 = new(static () => Write(ApiDocument.Make()));

    /// <summary>The OpenAPI document.</summary>
    internal byte[] Utf8 => _utf8.Value;

    private static byte[] Write(OpenApiDocument document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
