using System.Reflection;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting;

/// <summary>
/// All that the host touches of the worker's packages and that is not public there: five type names, one of an interface. A test
/// tells when a newer package moves them.
/// </summary>
internal static partial class WorkerInternals
{
    private const string HostedServiceName = "Microsoft.Azure.Functions.Worker.WorkerHostedService";
    private const string LoggerName = "Microsoft.Azure.Functions.Worker.Logging.WorkerLoggerProvider";
    private const string BindingsName = "Microsoft.Azure.Functions.Worker.Context.Features.IFunctionBindingsFeature";
    private const string NoOutputBindingsName = "Microsoft.Azure.Functions.Worker.OutputBindings.EmptyOutputBindingsInfo";

    private const string DurableClientName = "Microsoft.Azure.Functions.Worker.FunctionsDurableTaskClient";

    private static readonly Assembly Worker = typeof(FunctionContext).Assembly;

    /// <summary>What the end of the worker's pipeline, and what reads an invocation's result, ask an invocation for.</summary>
    public static readonly Type BindingsFeature = Find(BindingsName);

    private static readonly ConstructorInfo DurableClient = Find(DurableClientName, typeof(DurableClientAttribute).Assembly).GetConstructors()[0];

    private static readonly object NoOutputBindings = Activator.CreateInstance(Find(NoOutputBindingsName), nonPublic: true)!;

    // Made once: each further one is a copy, which takes no reflection.
    private static readonly Bindings NoBindings = (Bindings)DispatchProxy.Create(BindingsFeature, typeof(Bindings));

    /// <summary>Takes out the service that connects to a Functions host, and the log that goes there.</summary>
    public static void RemoveWorker(IServiceCollection services)
    {
        foreach (var service in services.Where(static service =>
            (service.ServiceType == typeof(IHostedService) && service.ImplementationType?.FullName == HostedServiceName)
            || (service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType?.FullName == LoggerName)).ToList())
        {
            _ = services.Remove(service);
        }
    }

    /// <summary>The inputs and outputs of an invocation.</summary>
    public static object BindingsOf(InvocationContext invocation) => NoBindings.Of(invocation);

    /// <summary>The client that the Durable extension gives functions: it knows where instances are managed, without a request at hand.</summary>
    /// <param name="client">The client that does the work.</param>
    /// <param name="address">Where the management API is.</param>
    /// <param name="query">What the addresses of instances carry, such as a key; null: nothing.</param>
    public static DurableTaskClient WithAddress(DurableTaskClient client, string address, string? query)
    {
        var arguments = new object?[DurableClient.GetParameters().Length];
        (arguments[0], arguments[1], arguments[2]) = (client, query, address);
        return (DurableTaskClient)DurableClient.Invoke(arguments);
    }

    /// <summary>
    /// Runs the start-up code of the extensions that an app uses. The worker does so for the program that the process runs;
    /// in a test, that is another one.
    /// </summary>
    public static void RunStartupCode(Assembly? app, IFunctionsWorkerApplicationBuilder builder)
    {
        if (app is null || app == Assembly.GetEntryAssembly())
        {
            return;
        }

        if (app.GetCustomAttribute<WorkerExtensionStartupCodeExecutorInfoAttribute>() is { } code)
        {
            ((WorkerExtensionStartup)Activator.CreateInstance(code.StartupCodeExecutorType)!).Configure(builder);
        }
    }

    private static Type Find(string name) => Find(name, Worker);

    private static Type Find(string name, Assembly package) => package.GetType(name) ?? throw new InvalidOperationException(
        $"The package of '{package.GetName().Name}' {package.GetName().Version} has no '{name}': this host knows an earlier one.");

    /// <summary>Answers for the internal interface.</summary>
    public class Bindings : DispatchProxy
    {
        private InvocationContext _invocation = null!;

        internal Bindings Of(InvocationContext invocation)
        {
            var copy = (Bindings)MemberwiseClone();
            copy._invocation = invocation;
            return copy;
        }

        /// <inheritdoc />
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case "get_InvocationResult":
                    return _invocation.Result;
                case "set_InvocationResult":
                    _invocation.Result = args![0];
                    return null;
                case "get_OutputBindingsInfo":
                    return NoOutputBindings;
                case "get_OutputBindingData":
                    return _invocation.Outputs;
                default:
                    return _invocation.BindingContext.BindingData;
            }
        }
    }
}
