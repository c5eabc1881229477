using EmbeddedHost.Hosting.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Lets middleware see and replace what a function returns.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>The invocation's result as a type.</summary>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) =>
        new TypedResult<T>(InvocationContext.From(context));

    /// <summary>The invocation's result.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) =>
        new UntypedResult(InvocationContext.From(context));

    /// <summary>The invocation's outputs; an HTTP function's answer is one.</summary>
    public static IEnumerable<OutputBindingData<T>> GetOutputBindings<T>(this FunctionContext context)
    {
        var invocation = InvocationContext.From(context);
        return invocation.FunctionDefinition.OutputBindings.Values.Select(binding => new HttpOutputValue<T>(invocation, binding));
    }
}
