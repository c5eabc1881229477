using System.Net;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;

/// <summary>The answer to a <see cref="DurableHttpRequest"/>.</summary>
public class DurableHttpResponse(HttpStatusCode statusCode)
{
    /// <summary>The status.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>The headers.</summary>
    public IDictionary<string, StringValues>? Headers { get; init; }

    /// <summary>The body, as text.</summary>
    public string? Content { get; init; }
}
