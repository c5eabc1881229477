using System.Linq.Expressions;
using System.Reflection;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>Decides, once at start, where each parameter of a function gets its value from.</summary>
internal static class ArgumentBinder
{
    /// <summary>The arguments of a function, in order.</summary>
    /// <param name="function">The function.</param>
    /// <param name="errors">Takes a line for each parameter that nothing can fill.</param>
    public static IReadOnlyList<Argument> Bind(FunctionDescriptor function, ICollection<string> errors)
    {
        var arguments = new List<Argument>();
        foreach (var parameter in function.Method.GetParameters())
        {
            if ((BindCommon(parameter) ?? BindByTrigger(function, parameter) ?? BindDefault(parameter)) is not { } argument)
            {
                errors.Add($"Function '{function.FunctionName}' ({function.EntryPoint}), parameter '{parameter.Name}': {Fix(function, parameter)}");
                continue;
            }

            if (argument is AwaitedArgument awaited)
            {
                awaited.Index = arguments.OfType<AwaitedArgument>().Count();
            }

            arguments.Add(argument);
        }

        return arguments;
    }

    /// <summary>Whether a parameter is filled, or meant to be, in the same way in every kind of function.</summary>
    public static bool IsCommon(ParameterInfo parameter) =>
        HasClient(parameter) || parameter.ParameterType == typeof(DurableTaskClient) || BindCommon(parameter) is not null;

    private static ReadyArgument? BindCommon(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(FunctionContext) => new ReadyArgument(invocation => invocation),
        var type when type == typeof(CancellationToken) => ReadyArgument.Property(nameof(InvocationContext.CancellationToken)),
        var type when type == typeof(DurableTaskClient) && HasClient(parameter) => ReadyArgument.Property(nameof(InvocationContext.Client)),
        _ => null,
    };

    private static Argument? BindByTrigger(FunctionDescriptor function, ParameterInfo parameter) => HasClient(parameter)
        ? null
        : function.Kind switch
        {
            TriggerKind.Http => HttpArguments.Bind(function, parameter),
            TriggerKind.Orchestration => DurableArguments.BindOrchestrator(function, parameter),
            TriggerKind.Timer => TimerArguments.Bind(function, parameter),
            TriggerKind.Queue => QueueArguments.Bind(function, parameter),
            TriggerKind.Entity => DurableArguments.BindEntity(function, parameter),
            _ => DurableArguments.BindActivity(function, parameter),
        };

    private static ReadyArgument? BindDefault(ParameterInfo parameter) => !parameter.HasDefaultValue || HasClient(parameter)
        ? null
        : new ReadyArgument(_ => parameter.DefaultValue is { } value
            ? Expression.Convert(Expression.Constant(value), parameter.ParameterType)
            : Expression.Default(parameter.ParameterType));

    private static bool HasClient(ParameterInfo parameter) => parameter.IsDefined(typeof(DurableClientAttribute));

    private static string Fix(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (HasClient(parameter))
        {
            return $"[DurableClient] fills a {nameof(DurableTaskClient)}; the parameter is a '{parameter.ParameterType.Name}'.";
        }

        if (parameter.ParameterType == typeof(DurableTaskClient))
        {
            return "mark it with [DurableClient].";
        }

        if (parameter.IsDefined(typeof(Microsoft.AspNetCore.Mvc.FromBodyAttribute)))
        {
            return $"its [FromBody] is ASP.NET Core's, which functions do not know; use {typeof(FromBodyAttribute).FullName}.";
        }

        var offered = function.Kind switch
        {
            TriggerKind.Http => "the [HttpTrigger], a simple type (a route or query value of its name), a [FromBody]",
            TriggerKind.Orchestration => "the [OrchestrationTrigger], a TaskOrchestrationContext, one parameter for the input",
            TriggerKind.Timer => "the [TimerTrigger]",
            TriggerKind.Queue => $"the [QueueTrigger], one of the names {string.Join(", ", QueueTriggerMessage.Names)}",
            TriggerKind.Entity => "the [EntityTrigger] TaskEntityDispatcher",
            _ => "the [ActivityTrigger]",
        };
        return $"nothing fills a '{parameter.ParameterType.Name}' here. Expected {offered}, a FunctionContext, " +
            "a CancellationToken or a [DurableClient] DurableTaskClient; take services in the class's constructor.";
    }
}
