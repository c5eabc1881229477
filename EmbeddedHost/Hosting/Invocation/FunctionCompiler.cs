using System.Linq.Expressions;
using System.Reflection;
using EmbeddedHost.Hosting.Binding;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>Calls a function's method on an instance of its class, with arguments off the invocation.</summary>
internal delegate ValueTask<object?> FunctionCall(InvocationContext invocation, object? target);

/// <summary>Compiles the call of a method, so that an invocation costs no reflection.</summary>
internal static class FunctionCompiler
{
    /// <summary>A call whose arguments are read where their parameters get them from.</summary>
    public static FunctionCall Compile(MethodInfo method, IEnumerable<Argument> arguments) =>
        Compile(method, invocation => arguments.Select(argument => argument.Read(invocation)));

    /// <summary>A call with the arguments that are bound already.</summary>
    public static FunctionCall CompileBound(MethodInfo method) => Compile(method, invocation => method.GetParameters().Select((parameter, index) =>
        Expression.Convert(
            Expression.ArrayIndex(Expression.Property(invocation, nameof(InvocationContext.Bound)), Expression.Constant(index)), parameter.ParameterType)));

    /// <summary>What reads the arguments off an invocation.</summary>
    public static Func<InvocationContext, object?[]> CompileArguments(IEnumerable<Argument> arguments)
    {
        var invocation = Expression.Parameter(typeof(InvocationContext), "invocation");
        var values = Expression.NewArrayInit(typeof(object), arguments.Select(argument => Expression.Convert(argument.Read(invocation), typeof(object))));
        return Expression.Lambda<Func<InvocationContext, object?[]>>(values, invocation).Compile();
    }

    private static FunctionCall Compile(MethodInfo method, Func<Expression, IEnumerable<Expression>> arguments)
    {
        var invocation = Expression.Parameter(typeof(InvocationContext), "invocation");
        var target = Expression.Parameter(typeof(object), "target");
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(target, method.DeclaringType!),
            method,
            arguments(invocation));
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
