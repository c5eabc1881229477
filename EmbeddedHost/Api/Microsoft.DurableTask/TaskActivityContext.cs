namespace Microsoft.DurableTask;

/// <summary>Where an activity runs.</summary>
public abstract class TaskActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the orchestration that called it.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The activity's version; empty for none.</summary>
    public virtual string Version => string.Empty;
}
