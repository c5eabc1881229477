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

/// <summary>An invocation's HTTP answer, as an output of its function.</summary>
internal sealed class HttpOutputValue<T>(InvocationContext invocation, BindingMetadata binding) : OutputBindingData<T>
{
    public override string Name => binding.Name;

    public override string BindingType => binding.Type;

    public override T? Value
    {
        get => invocation.HttpResult is T answer ? answer : default;
        set => invocation.HttpResult = value;
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
