using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Hosting.Discovery;

/// <summary>A method that is a function, with what starts it.</summary>
/// <param name="FunctionName">The name of its <c>[Function]</c>.</param>
/// <param name="Method">The method.</param>
/// <param name="TriggerParameter">The parameter that carries the trigger.</param>
/// <param name="Trigger">The trigger's attribute.</param>
internal sealed record FunctionDescriptor(
    string FunctionName, MethodInfo Method, ParameterInfo TriggerParameter, TriggerBindingAttribute Trigger)
{
    /// <summary>What starts the function.</summary>
    public TriggerKind Kind { get; } = ServedBindings.Of(Trigger).Kind;

    /// <summary>
    /// Whether a parameter is the one that carries the trigger. By place: where two threads ask for a method's parameters for
    /// the first time, each may get objects of its own.
    /// </summary>
    public bool IsTrigger(ParameterInfo parameter) => parameter.Position == TriggerParameter.Position;

    /// <summary>The name that callers use: the trigger's own, where it has one.</summary>
    public string Name => Trigger switch
    {
        OrchestrationTriggerAttribute { Orchestration: { Length: > 0 } name } => name,
        ActivityTriggerAttribute { Activity: { Length: > 0 } name } => name,
        EntityTriggerAttribute { EntityName: { Length: > 0 } name } => name,
        _ => FunctionName,
    };

    /// <summary>The method's full name.</summary>
    public string EntryPoint => $"{Method.DeclaringType!.FullName}.{Method.Name}";

    /// <summary>The trigger's kind as settings and listings name it, such as <c>activityTrigger</c>.</summary>
    public string BindingType => ServedBindings.Of(Trigger).BindingType;
}
