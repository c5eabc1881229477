namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>A value that is unique to this invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>A stable identifier of the function.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The W3C trace that the invocation belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>What the trigger knows beside its payload.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>Which attempt of the host's own retries this is.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of the invocation's scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function that runs.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Values that middleware and the function share.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>What the host and its extensions attached to the invocation.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Signalled when the invocation should end: the host stops, or the caller has gone.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
