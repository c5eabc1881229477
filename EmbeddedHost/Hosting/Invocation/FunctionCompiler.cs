using System.Linq.Expressions;
using System.Reflection;
using EmbeddedHost.Hosting.Binding;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>Calls a function's method on an instance of its class, with arguments off the invocation.</summary>
internal delegate ValueTask<object?> FunctionCall(InvocationContext invocation, object? target);

/// <summary>Compiles the call of a method, so that an invocation costs no reflection.</summary>
internal static class FunctionCompiler
{
    public static FunctionCall Compile(MethodInfo method, IEnumerable<Argument> arguments)
    {
        var invocation = Expression.Parameter(typeof(InvocationContext), "invocation");
        var target = Expression.Parameter(typeof(object), "target");
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(target, method.DeclaringType!),
            method,
            arguments.Select(argument => argument.Read(invocation)));
        return Expression.Lambda<FunctionCall>(Adapt(call), invocation, target).Compile();
    }

    private static Expression Adapt(MethodCallExpression call)
    {
        var type = call.Type;
        var adapter = type switch
        {
            _ when type == typeof(void) => null,
            _ when type == typeof(Task) || type == typeof(ValueTask) => Adapter(nameof(ReturnValue.FromEnd), type),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Task<>) => Adapter(nameof(ReturnValue.FromTask), type),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ValueTask<>) => Adapter(nameof(ReturnValue.FromValueTask), type),
            _ => typeof(ReturnValue).GetMethod(nameof(ReturnValue.From))!,
        };
        return adapter switch
        {
            null => Expression.Block(call, Expression.Default(typeof(ValueTask<object?>))),
            _ when adapter.Name == nameof(ReturnValue.From) => Expression.Call(adapter, Expression.Convert(call, typeof(object))),
            _ => Expression.Call(adapter, call),
        };
    }

    private static MethodInfo Adapter(string name, Type type) => type.IsGenericType
        ? typeof(ReturnValue).GetMethod(name)!.MakeGenericMethod(type.GetGenericArguments())
        : typeof(ReturnValue).GetMethod(name, [type])!;
}
