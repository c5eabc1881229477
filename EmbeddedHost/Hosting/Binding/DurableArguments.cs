using System.Linq.Expressions;
using System.Reflection;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>Parameters of orchestrators, activities and entities.</summary>
internal static class DurableArguments
{
    /// <summary>The orchestration's context, or its input: the one parameter that nothing else fills.</summary>
    public static Argument? BindOrchestrator(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(TaskOrchestrationContext))
        {
            return ReadyArgument.Property(nameof(InvocationContext.Orchestration));
        }

        return parameter.Position != InputOf(function)?.Position
            ? null
            : new ReadyArgument(invocation => Expression.Call(
                Expression.Property(invocation, nameof(InvocationContext.Orchestration)),
                nameof(TaskOrchestrationContext.GetInput),
                [parameter.ParameterType]));
    }

    /// <summary>The activity's input.</summary>
    public static Argument? BindActivity(FunctionDescriptor function, ParameterInfo parameter) =>
        !function.IsTrigger(parameter)
            ? null
            : new ReadyArgument(invocation =>
                Expression.Call(invocation, nameof(InvocationContext.ReadPayload), [parameter.ParameterType]));

    /// <summary>The operations on an entity.</summary>
    public static Argument? BindEntity(FunctionDescriptor function, ParameterInfo parameter) =>
        function.IsTrigger(parameter) && parameter.ParameterType == typeof(TaskEntityDispatcher)
            ? ReadyArgument.Property(nameof(InvocationContext.Operations))
            : null;

    private static ParameterInfo? InputOf(FunctionDescriptor function) =>
        function.TriggerParameter.ParameterType != typeof(TaskOrchestrationContext)
            ? function.TriggerParameter
            : Array.Find(function.Method.GetParameters(), parameter =>
                !function.IsTrigger(parameter) && !ArgumentBinder.IsCommon(parameter));
}
