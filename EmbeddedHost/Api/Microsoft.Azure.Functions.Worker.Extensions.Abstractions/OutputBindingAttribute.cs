namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Marks a value that the host sends on after the function.</summary>
public abstract class OutputBindingAttribute : BindingAttribute
{
    /// <summary>For derived attributes.</summary>
    public OutputBindingAttribute()
    {
    }
}
