using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http;

/// <summary>Where an HTTP function is served.</summary>
/// <param name="Function">The function.</param>
/// <param name="Pattern">Its path.</param>
/// <param name="Methods">The methods that it takes, in upper case; none means any.</param>
internal sealed record HttpRoute(HostedFunction Function, RoutePattern Pattern, IReadOnlyList<string> Methods)
{
    /// <summary>The routes of the functions that are started by HTTP.</summary>
    /// <exception cref="HostStartupException">A route is no route template, or two functions claim the same one.</exception>
    public static IReadOnlyList<HttpRoute> Of(IReadOnlyList<HostedFunction> functions, HostJson host)
    {
        var routes = new List<HttpRoute>();
        var claimed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions.Where(function => function.Descriptor.Kind == TriggerKind.Http))
        {
            var path = PathOf(function.Descriptor, host);
            var methods = MethodsOf(function.Descriptor);
            Claim(claimed, function.Descriptor.FunctionName, path, methods);
            routes.Add(new HttpRoute(function, Parse(function.Descriptor.FunctionName, path), methods));
        }

        return routes;
    }

    /// <summary>A function's path, with the prefix, without a leading slash.</summary>
    public static string PathOf(FunctionDescriptor function, HostJson host)
    {
        var own = (((HttpTriggerAttribute)function.Trigger).Route ?? function.FunctionName).Trim('/');
        return host.RoutePrefix.Length == 0 ? own : $"{host.RoutePrefix}/{own}";
    }

    /// <summary>The methods that a function takes, in upper case; none means any.</summary>
    public static IReadOnlyList<string> MethodsOf(FunctionDescriptor function) =>
        [.. (((HttpTriggerAttribute)function.Trigger).Methods ?? []).Select(method => method.ToUpperInvariant())];

    private static RoutePattern Parse(string function, string path)
    {
        try
        {
            return RoutePatternFactory.Parse("/" + path);
        }
        catch (RoutePatternException e)
        {
            throw new HostStartupException($"Function '{function}': '{path}' is no route template. {e.Message}", e);
        }
    }

    private static void Claim(Dictionary<string, string> claimed, string function, string path, IReadOnlyList<string> methods)
    {
        foreach (var method in methods.DefaultIfEmpty("any method"))
        {
            if (!claimed.TryAdd($"{method} {path}", function))
            {
                throw new HostStartupException(
                    $"Functions '{claimed[$"{method} {path}"]}' and '{function}' both serve {method} /{path}: " +
                    "give one another Route or other methods.");
            }
        }
    }
}
