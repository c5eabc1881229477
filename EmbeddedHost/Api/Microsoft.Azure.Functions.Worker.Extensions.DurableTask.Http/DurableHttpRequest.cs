using Microsoft.Extensions.Primitives;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;

/// <summary>An HTTP request that an orchestrator has the host send.</summary>
public class DurableHttpRequest(HttpMethod method, Uri uri)
{
    /// <summary>The method.</summary>
    public HttpMethod Method { get; } = method;

    /// <summary>The address.</summary>
    public Uri Uri { get; } = uri;

    /// <summary>The headers.</summary>
    public IDictionary<string, StringValues>? Headers { get; set; }

    /// <summary>The body, as text.</summary>
    public string? Content { get; set; }

    /// <summary>Whether an answer of 202 is followed to the address that it names, until the work there is done.</summary>
    public bool AsynchronousPatternEnabled { get; set; } = true;

    /// <summary>When to send the request again; null: never.</summary>
    public HttpRetryOptions? HttpRetryOptions { get; set; }

    /// <summary>How long to wait for the answer; null: as long as it takes.</summary>
    public TimeSpan? Timeout { get; set; }
}
