namespace Microsoft.DurableTask;

/// <summary>Names a task that is written as a class.</summary>
/// <param name="name">The task's name; without one, the class's.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DurableTaskAttribute(string? name = null) : Attribute
{
    /// <summary>The task's name; empty: the class's.</summary>
    public TaskName Name { get; } = new(name!);

    /// <summary>The task's version; null for none.</summary>
    public string? Version { get; set; }
}
