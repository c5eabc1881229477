using System.Reflection;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Http.AspNetCore;

/// <summary>
/// Serves apps that call <c>ConfigureFunctionsWebApplication</c>. The extension's own middleware runs as it is: it gives the
/// function its <see cref="HttpContext"/>, and executes the result that it returns. On Azure that context is of a second web
/// server, and a coordinator joins the two; here the invocation has it, and this takes the coordinator's place. The app
/// brings the package: all that is known of it here is the coordinator's name, and a test tells when a newer one moves it.
/// </summary>
internal static class AspNetCoreIntegration
{
    private const string Package = "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore";
    private const string CoordinatorName = $"{Package}.IHttpCoordinator";

    /// <summary>Takes the coordinator's place where the app has the integration; false where it does not.</summary>
    /// <exception cref="HostStartupException">The package has no such coordinator.</exception>
    public static bool TryConnect(IServiceCollection services)
    {
        var own = services.Where(static service => service.ServiceType.Assembly.GetName().Name == Package).ToList();
        if (own.Count == 0)
        {
            return false;
        }

        var coordinator = own.Find(static service => service.ServiceType.FullName == CoordinatorName)?.ServiceType
            ?? throw new HostStartupException(
                $"The package {Package} {own[0].ServiceType.Assembly.GetName().Version} has no '{CoordinatorName}', which the embedded host takes "
                + "the place of: use version 2.1 of the package, or a newer one of the host.");
        _ = services.AddSingleton(coordinator, DispatchProxy.Create(coordinator, typeof(Coordinator)));
        return true;
    }

    /// <summary>Refuses functions that only the integration can give their request.</summary>
    /// <exception cref="HostStartupException">There are some.</exception>
    public static void RefuseWithout(IEnumerable<HostedFunction> functions)
    {
        var names = functions
            .Where(static function => Array.Exists(function.Descriptor.Method.GetParameters(), static parameter => parameter.ParameterType == typeof(HttpRequest)))
            .Select(static function => $"'{function.Descriptor.FunctionName}'")
            .ToList();
        if (names.Count > 0)
        {
            throw new HostStartupException(
                $"Functions take an HttpRequest, and the app has no ASP.NET Core integration: {string.Join(", ", names)}. Call "
                + "ConfigureFunctionsWebApplication() on the builder, or take HttpRequestData.");
        }
    }

    /// <summary>Answers for the internal interface. Its other two members are for the second server, which does not run here.</summary>
    public class Coordinator : DispatchProxy
    {
        /// <inheritdoc />
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            "SetFunctionContextAsync" => Task.FromResult(InvocationContext.From((FunctionContext)args![1]!).OpenHttp()),
            "CompleteFunctionInvocation" => null,
            var name => throw new NotSupportedException($"{CoordinatorName}.{name} is for a web server that the embedded host does not start."),
        };
    }
}
