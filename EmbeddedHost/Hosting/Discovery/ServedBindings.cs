using System.Collections.Frozen;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Hosting.Discovery;

/// <summary>
/// What this host serves of what functions are bound to: the one list of it. Whatever else an app has is told at the start. The
/// attributes go by their names, since most of them are in packages that the app brings. docs/hosts.md has the list for people.
/// </summary>
internal static class ServedBindings
{
    private const string Suffix = nameof(Attribute);

    private static readonly FrozenDictionary<string, ServedTrigger> Triggers = new Dictionary<string, ServedTrigger>(StringComparer.Ordinal)
    {
        [nameof(HttpTriggerAttribute)] = new(TriggerKind.Http, "httpTrigger"),
        [nameof(OrchestrationTriggerAttribute)] = new(TriggerKind.Orchestration, "orchestrationTrigger"),
        [nameof(ActivityTriggerAttribute)] = new(TriggerKind.Activity, "activityTrigger"),
        [nameof(EntityTriggerAttribute)] = new(TriggerKind.Entity, "entityTrigger"),
        [TimerTrigger.Attribute] = new(TriggerKind.Timer, "timerTrigger"),
        [QueueBinding.Trigger] = new(TriggerKind.Queue, "queueTrigger"),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> InputsAndOutputs = FrozenSet.Create(
        nameof(DurableClientAttribute),
        nameof(HttpResultAttribute),
        QueueBinding.Output);

    private static readonly ServedTrigger None = new(TriggerKind.Unserved, "");

    /// <summary>Everything that is served, as code has it: <c>[HttpTrigger]</c>.</summary>
    public static IEnumerable<string> All => Triggers.Keys.Concat(InputsAndOutputs).Select(InCode);

    /// <summary>How a trigger is served.</summary>
    public static ServedTrigger Of(TriggerBindingAttribute trigger) => Triggers.GetValueOrDefault(trigger.GetType().Name, None);

    /// <summary>Whether a trigger, an input or an output is served.</summary>
    public static bool Serves(BindingAttribute binding) =>
        binding is TriggerBindingAttribute trigger ? Of(trigger) != None : InputsAndOutputs.Contains(binding.GetType().Name);

    /// <summary>A binding as code has it, such as <c>[BlobInput]</c>.</summary>
    public static string InCode(BindingAttribute binding) => InCode(binding.GetType().Name);

    private static string InCode(string attribute) =>
        $"[{(attribute.EndsWith(Suffix, StringComparison.Ordinal) ? attribute[..^Suffix.Length] : attribute)}]";
}

/// <summary>A trigger that is served.</summary>
/// <param name="Kind">What starts the function.</param>
/// <param name="BindingType">How settings and listings name it.</param>
internal sealed record ServedTrigger(TriggerKind Kind, string BindingType);
