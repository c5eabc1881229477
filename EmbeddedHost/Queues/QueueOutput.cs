using System.Reflection;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Queues;

/// <summary>What of a function's result goes to a queue: all of it, or a property.</summary>
/// <param name="Binding">The queue.</param>
/// <param name="Property">The property; null: the result itself.</param>
internal sealed record QueueOutput(QueueBinding Binding, PropertyInfo? Property)
{
    /// <summary>The output's name: the property's, or that of the result.</summary>
    public string Name => Property?.Name ?? HttpOutput.WholeResult;

    /// <summary>The outputs of a method.</summary>
    public static IReadOnlyList<QueueOutput> Of(MethodInfo method) => QueueBinding.OfOutput(method) is { } whole
        ? [new QueueOutput(whole, Property: null)]
        :
        [
            .. ReturnValue.TypeOf(method).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(static property => (Property: property, Binding: QueueBinding.OfOutput(property)))
                .Where(static pair => pair.Binding is not null)
                .Select(static pair => new QueueOutput(pair.Binding!, pair.Property)),
        ];

    /// <summary>The output in a result; a result of another type (middleware's), or a response, has none.</summary>
    public object? ReadFrom(object? result) =>
        result is HttpResponseData ? null : Property is null ? result : Property.DeclaringType!.IsInstanceOfType(result) ? Property.GetValue(result) : null;

    /// <summary>What an orchestrator gets of an activity's result. As on Azure, properties that are outputs leave nothing.</summary>
    public static object? ResultBeside(IReadOnlyList<QueueOutput> outputs, object? result) => outputs is [{ Property: not null }, ..] ? null : result;
}

/// <summary>Outputs to queues among an invocation's outputs.</summary>
internal static class QueueOutputs
{
    /// <summary>Adds what goes to queues.</summary>
    public static Dictionary<string, object?> With(this Dictionary<string, object?> outputs, IReadOnlyList<QueueOutput> queues, object? result)
    {
        foreach (var queue in queues)
        {
            outputs[queue.Name] = queue.ReadFrom(result);
        }

        return outputs;
    }
}
