using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http;

/// <summary>Gives each HTTP function its route.</summary>
internal static class HttpFunctionEndpoints
{
    /// <summary>Maps the functions that are started by HTTP.</summary>
    /// <exception cref="HostStartupException">A route is no route template, or two functions claim the same one.</exception>
    public static void MapFunctions(
        this IEndpointRouteBuilder endpoints, FunctionCatalog catalog, HostJson host, ILoggerFactory loggers)
    {
        var claimed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in catalog.Functions.Where(function => function.Descriptor.Kind == TriggerKind.Http))
        {
            var descriptor = function.Descriptor;
            var route = RouteOf(descriptor, host);
            var methods = MethodsOf(descriptor);
            Claim(claimed, descriptor.FunctionName, route, methods);

            var handler = new HttpFunctionHandler(function, catalog, loggers.CreateLogger($"Function.{descriptor.FunctionName}"));
            var mapped = methods.Count == 0
                ? endpoints.Map(Parse(descriptor.FunctionName, route), handler.HandleAsync)
                : endpoints.MapMethods(Parse(descriptor.FunctionName, route).RawText!, methods, handler.HandleAsync);
            _ = mapped.WithDisplayName(descriptor.FunctionName).WithMetadata(FunctionAnswers.Instance, AccessRule.Of(descriptor));
        }
    }

    /// <summary>A function's path, with the prefix, without a leading slash.</summary>
    public static string RouteOf(FunctionDescriptor function, HostJson host)
    {
        var own = (((HttpTriggerAttribute)function.Trigger).Route ?? function.FunctionName).Trim('/');
        return host.RoutePrefix.Length == 0 ? own : $"{host.RoutePrefix}/{own}";
    }

    /// <summary>The methods that a function takes, in upper case; none means any.</summary>
    public static IReadOnlyList<string> MethodsOf(FunctionDescriptor function) =>
        [.. (((HttpTriggerAttribute)function.Trigger).Methods ?? []).Select(method => method.ToUpperInvariant())];

    private static RoutePattern Parse(string function, string route)
    {
        try
        {
            return RoutePatternFactory.Parse("/" + route);
        }
        catch (RoutePatternException e)
        {
            throw new HostStartupException($"Function '{function}': '{route}' is no route template. {e.Message}", e);
        }
    }

    private static void Claim(Dictionary<string, string> claimed, string function, string route, IReadOnlyList<string> methods)
    {
        foreach (var method in methods.DefaultIfEmpty("any method"))
        {
            if (!claimed.TryAdd($"{method} {route}", function))
            {
                throw new HostStartupException(
                    $"Functions '{claimed[$"{method} {route}"]}' and '{function}' both serve {method} /{route}: " +
                    "give one another Route or other methods.");
            }
        }
    }
}

/// <summary>Marks an endpoint whose answers, errors included, are its own.</summary>
internal sealed class FunctionAnswers
{
    public static readonly FunctionAnswers Instance = new();
}
