namespace Microsoft.Azure.Functions.Worker;

/// <summary>What an invocation returns, whatever its type.</summary>
public abstract class InvocationResult : InvocationResult<object>
{
}
