using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http;

/// <summary>Gives each HTTP function its route.</summary>
internal static class HttpFunctionEndpoints
{
    /// <summary>Maps the functions that are started by HTTP.</summary>
    public static void MapFunctions(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var serving = new HttpServing(
            services.GetRequiredService<FunctionCatalog>(),
            services.GetRequiredService<RequestBodies>(),
            services.GetRequiredService<HostSettings>().Host.MaxRequestBodyBytes,
            services.GetRequiredService<HostStop>(),
            services.GetRequiredService<IHostRuntime>());
        var loggers = services.GetRequiredService<ILoggerFactory>();
        foreach (var (function, pattern, methods) in services.GetRequiredService<IReadOnlyList<HttpRoute>>())
        {
            var name = function.Descriptor.FunctionName;
            var handler = new HttpFunctionHandler(function, serving, loggers.CreateLogger($"Function.{name}"));
            var mapped = methods.Count == 0
                ? endpoints.Map(pattern, handler.HandleAsync)
                : endpoints.MapMethods(pattern.RawText!, methods, handler.HandleAsync);
            _ = mapped.WithDisplayName(name).WithMetadata(function, FunctionAnswers.Instance, AccessRule.Of(function.Descriptor));
        }
    }
}

/// <summary>Marks an endpoint whose answers, errors included, are its own.</summary>
internal sealed class FunctionAnswers
{
    public static readonly FunctionAnswers Instance = new();
}
