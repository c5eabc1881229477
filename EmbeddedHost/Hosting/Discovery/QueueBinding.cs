using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Hosting.Discovery;

/// <summary>
/// A queue that a function is bound to. The attributes are those of the worker's extension for queues, which an app without
/// queues need not have: they are known by their names.
/// </summary>
/// <param name="Queue">The queue's name as the attribute has it: <c>%…%</c> stands for a setting.</param>
/// <param name="Connection">The setting that holds the connection; null: the app's storage.</param>
internal sealed record QueueBinding(string Queue, string? Connection)
{
    /// <summary>The name of the trigger's attribute.</summary>
    public const string Trigger = "QueueTriggerAttribute";

    /// <summary>The name of the output's attribute.</summary>
    public const string Output = "QueueOutputAttribute";

    /// <summary>The queue of a trigger, or of an output.</summary>
    public static QueueBinding Of(Attribute attribute) => new((string?)Property(attribute, "QueueName") ?? "", (string?)Property(attribute, "Connection"));

    /// <summary>The queue that a method's result, or a property of it, goes to; null where there is none.</summary>
    public static QueueBinding? OfOutput(MemberInfo member) =>
        // Those alone: another one may be such that it cannot be made, and is told elsewhere.
        member.GetCustomAttributes<OutputBindingAttribute>().FirstOrDefault(static attribute => attribute.GetType().Name == Output) is { } output ? Of(output) : null;

    private static object? Property(Attribute attribute, string name) => attribute.GetType().GetProperty(name)?.GetValue(attribute);
}
