using System.Reflection;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EmbeddedHost.Http.AspNetCore;

/// <summary>ASP.NET Core's own requests and results in HTTP functions; among the app's services where it asked for them.</summary>
internal sealed class AspNetCoreIntegration
{
    private static readonly Type[] Requests = [typeof(HttpRequest), typeof(HttpContext)];
    private static readonly Type[] Results = [typeof(IActionResult), typeof(IResult)];

    /// <summary>Adds the integration, and what it takes to write results.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<AspNetCoreIntegration>();
        _ = services.AddMvcCore();
    }

    /// <summary>Looks for functions that need the integration in an app that has not asked for it.</summary>
    /// <exception cref="Hosting.HostStartupException">There is one.</exception>
    public static void Check(IEnumerable<FunctionDescriptor> functions, IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(AspNetCoreIntegration)))
        {
            FunctionErrors.ThrowIfAny([.. functions
                .Where(function => function.Kind == TriggerKind.Http)
                .Select(function => (Function: function, Need: NeedOf(function.Method)))
                .Where(found => found.Need is not null)
                .Select(found =>
                    $"Function '{found.Function.FunctionName}' ({found.Function.EntryPoint}): {found.Need} is ASP.NET Core's own. " +
                    "Call ConfigureFunctionsWebApplication() on the app's builder.")]);
        }
    }

    private static string? NeedOf(MethodInfo method)
    {
        if (Array.Find(method.GetParameters(), parameter => Requests.Contains(parameter.ParameterType)) is { } parameter)
        {
            return $"parameter '{parameter.Name}', of type '{parameter.ParameterType.Name}',";
        }

        var result = ReturnValue.TypeOf(method);
        return Array.Exists(Results, type => type.IsAssignableFrom(result)) ? $"the result, of type '{result.Name}'," : null;
    }
}
