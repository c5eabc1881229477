using System.Runtime.Serialization;

namespace DurableTask.Core;

/// <summary>An instance, and which execution of it.</summary>
public class OrchestrationInstance : IExtensibleDataObject
{
    /// <summary>The instance's id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The execution's id.</summary>
    public string? ExecutionId { get; set; }

    /// <inheritdoc/>
    public ExtensionDataObject? ExtensionData { get; set; }

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(InstanceId, ExecutionId);

    /// <inheritdoc/>
    public override string ToString() => $"{InstanceId} ({ExecutionId})";
}
