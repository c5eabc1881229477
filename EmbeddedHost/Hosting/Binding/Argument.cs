using System.Linq.Expressions;
using EmbeddedHost.Hosting.Invocation;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>Where a function's parameter gets its value from.</summary>
internal abstract class Argument
{
    /// <summary>Code that reads the value off an invocation.</summary>
    public abstract Expression Read(Expression invocation);
}

/// <summary>A value that is at hand.</summary>
internal sealed class ReadyArgument(Func<Expression, Expression> read) : Argument
{
    /// <summary>A property of the invocation.</summary>
    public static ReadyArgument Property(string name) => new(invocation => Expression.Property(invocation, name));

    public override Expression Read(Expression invocation) => read(invocation);
}

/// <summary>A value that takes waiting for, such as a body that is read.</summary>
internal sealed class AwaitedArgument(Type type, Func<InvocationContext, ValueTask<object?>> get) : Argument
{
    /// <summary>Its place among the function's awaited arguments.</summary>
    public int Index { get; set; }

    /// <summary>Gets the value; kept on the invocation until the call.</summary>
    public ValueTask<object?> GetAsync(InvocationContext invocation) => get(invocation);

    public override Expression Read(Expression invocation) =>
        Expression.Call(invocation, nameof(InvocationContext.Awaited), [type], Expression.Constant(Index));
}
