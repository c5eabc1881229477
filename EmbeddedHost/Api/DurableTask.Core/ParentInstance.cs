using System.Runtime.Serialization;

namespace DurableTask.Core;

/// <summary>The orchestration that called a sub-orchestration.</summary>
public class ParentInstance : IExtensibleDataObject
{
    /// <summary>The parent orchestrator's name.</summary>
    public string? Name;

    /// <summary>The parent.</summary>
    public OrchestrationInstance? OrchestrationInstance;

    /// <summary>The number of the parent's action that waits.</summary>
    public int TaskScheduleId;

    /// <summary>The parent's version.</summary>
    public string? Version;

    /// <inheritdoc/>
    public ExtensionDataObject? ExtensionData { get; set; }
}
