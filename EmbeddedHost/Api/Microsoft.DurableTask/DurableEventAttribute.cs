namespace Microsoft.DurableTask;

/// <summary>Names an event whose payload is a type.</summary>
/// <param name="name">The event's name; without one, the type's.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class DurableEventAttribute(string? name = null) : Attribute
{
    /// <summary>The event's name; empty: the type's.</summary>
    public TaskName Name { get; } = new(name!);
}
