using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a parameter that receives the client of the task hub.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub's name, where it is not the app's own.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The name of the setting that holds the task hub's connection.</summary>
    public string? ConnectionName { get; set; }
}
