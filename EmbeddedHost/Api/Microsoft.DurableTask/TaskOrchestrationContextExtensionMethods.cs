using EmbeddedHost.Http.Outgoing;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;

namespace Microsoft.DurableTask;

/// <summary>HTTP requests of orchestrators.</summary>
public static class TaskOrchestrationContextExtensionMethods
{
    /// <summary>Has the host send a request, again where its options say so, and waits for the answer.</summary>
    public static Task<DurableHttpResponse> CallHttpAsync(this TaskOrchestrationContext context, DurableHttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        return new DurableHttpCall(context, request).SendAsync();
    }

    /// <summary>Has the host send a request, again where the options say so, and waits for the answer.</summary>
    public static Task<DurableHttpResponse> CallHttpAsync(
        this TaskOrchestrationContext context, HttpMethod method, Uri uri, string? content = null, HttpRetryOptions? retryOptions = null) =>
        context.CallHttpAsync(new DurableHttpRequest(method, uri) { Content = content, HttpRetryOptions = retryOptions });
}
