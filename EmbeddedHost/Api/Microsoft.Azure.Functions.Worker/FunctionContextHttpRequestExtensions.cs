using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Lets middleware see the request and the response of an HTTP function.</summary>
public static class FunctionContextHttpRequestExtensions
{
    /// <summary>The request; null where none started the function.</summary>
    public static ValueTask<HttpRequestData?> GetHttpRequestDataAsync(this FunctionContext context) =>
        new(InvocationContext.From(context).Trigger as HttpRequestData);

    /// <summary>The response that the function returned; null before, or where it returned something else.</summary>
    public static HttpResponseData? GetHttpResponseData(this FunctionContext context) =>
        InvocationContext.From(context).Result as HttpResponseData;
}
