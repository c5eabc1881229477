namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger knows beside its payload.</summary>
public abstract class BindingContext
{
    /// <summary>Values by name: route values, query values, the instance id.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
