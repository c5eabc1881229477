using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>An invocation's result as it stands on its context.</summary>
internal sealed class UntypedResult(InvocationContext invocation) : InvocationResult
{
    public override object? Value
    {
        get => invocation.Result;
        set => invocation.Result = value;
    }
}

/// <summary>An invocation's result as a type.</summary>
internal sealed class TypedResult<T>(InvocationContext invocation) : InvocationResult<T>
{
    public override T? Value
    {
        get => (T?)invocation.Result;
        set => invocation.Result = value;
    }
}
