using System.Collections.Concurrent;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>Which queues functions are bound to: <c>%…%</c> in their names are settings, and upper case is lower.</summary>
internal sealed class QueueNames(IConfiguration configuration, QueueConnections connections)
{
    /// <summary>What the name of a queue's poison queue ends with.</summary>
    public const string PoisonSuffix = "-poison";

    /// <summary>A trigger, as code has it.</summary>
    public const string TriggerInCode = "[QueueTrigger]";

    private readonly ConcurrentDictionary<string, string> _resolved = new(StringComparer.Ordinal);

    /// <summary>The name of a queue.</summary>
    public string Resolve(QueueBinding binding) =>
        _resolved.GetOrAdd(binding.Queue, name => SettingReferences.Resolve(name, configuration).ToLowerInvariant());

    /// <summary>Checks what functions are bound to.</summary>
    /// <exception cref="Hosting.HostStartupException">A name is none, a setting is missing, or a connection is none.</exception>
    public void Check(IEnumerable<HostedFunction> functions) => FunctionErrors.ThrowIfAny([.. functions.SelectMany(Errors)]);

    /// <summary>The queues that a function is bound to, and by what.</summary>
    public static IEnumerable<(string What, QueueBinding Binding)> BindingsOf(HostedFunction function) =>
    [
        .. function.Descriptor.Kind == TriggerKind.Queue ? ((string, QueueBinding)[])[(TriggerInCode, QueueBinding.Of(function.Descriptor.Trigger))] : [],
        .. function.QueueOutputs.Select(static output => ($"[QueueOutput] of '{output.Name}'", output.Binding)),
    ];

    private IEnumerable<string> Errors(HostedFunction function)
    {
        var descriptor = function.Descriptor;
        if (function.QueueOutputs.Count > 0 && descriptor.Kind is (TriggerKind.Orchestration or TriggerKind.Entity))
        {
            var (what, instead) = descriptor.Kind == TriggerKind.Entity ? ("an entity", "a function that calls it") : ("an orchestrator", "an activity that it calls");
            yield return $"Function '{descriptor.FunctionName}' is {what}, which has no outputs: give [QueueOutput] to {instead}.";
        }

        foreach (var (what, binding) in BindingsOf(function))
        {
            if (Error(binding) is { } error)
            {
                yield return $"Function '{descriptor.FunctionName}' ({descriptor.EntryPoint}), {what}: {error}";
            }
        }
    }

    private string? Error(QueueBinding binding)
    {
        if (SettingReferences.FindMissing(binding.Queue, configuration) is { } missing)
        {
            return $"the setting '{missing}', which the queue name '{binding.Queue}' asks for, is not set.";
        }

        if (binding.Queue.Contains('{', StringComparison.Ordinal))
        {
            return $"the queue name '{binding.Queue}' has an expression in braces, which this host does not serve; settings (%…%) it does.";
        }

        return QueueLimits.NameRefusal(Resolve(binding))?.Message ?? connections.Error(binding);
    }
}
