using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Lets middleware see the web server's side of an HTTP function.</summary>
public static class FunctionContextExtensions
{
    /// <summary>The request's <see cref="HttpContext"/>; null where no request started the function.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        (InvocationContext.From(context).Trigger as EmbeddedRequest)?.Http;
}
