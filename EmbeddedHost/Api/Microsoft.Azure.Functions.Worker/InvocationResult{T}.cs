namespace Microsoft.Azure.Functions.Worker;

/// <summary>What an invocation returns.</summary>
/// <typeparam name="T">The type that it is read and replaced as.</typeparam>
public abstract class InvocationResult<T>
{
    /// <summary>What the function returned, or what middleware put in its place.</summary>
    public abstract T? Value { get; set; }
}
