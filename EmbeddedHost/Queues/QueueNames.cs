using System.Collections.Concurrent;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>Which queues functions are bound to: <c>%…%</c> in their names are settings, and upper case is lower.</summary>
internal sealed class QueueNames(IConfiguration configuration)
{
    private readonly ConcurrentDictionary<string, string> _resolved = new(StringComparer.Ordinal);

    /// <summary>The name of a queue.</summary>
    public string Resolve(QueueBinding binding) =>
        _resolved.GetOrAdd(binding.Queue, name => SettingReferences.Resolve(name, configuration).ToLowerInvariant());

    /// <summary>Checks what functions are bound to.</summary>
    /// <exception cref="Hosting.HostStartupException">A name is none, a setting is missing, or a connection leads elsewhere.</exception>
    public void Check(IEnumerable<HostedFunction> functions) => FunctionErrors.ThrowIfAny([.. functions.SelectMany(Errors)]);

    private IEnumerable<string> Errors(HostedFunction function)
    {
        var descriptor = function.Descriptor;
        if (function.QueueOutputs.Count > 0 && descriptor.Kind is (TriggerKind.Orchestration or TriggerKind.Entity))
        {
            var (what, instead) = descriptor.Kind == TriggerKind.Entity ? ("an entity", "a function that calls it") : ("an orchestrator", "an activity that it calls");
            yield return $"Function '{descriptor.FunctionName}' is {what}, which has no outputs: give [QueueOutput] to {instead}.";
        }

        IEnumerable<(string What, QueueBinding Binding)> bindings =
        [
            .. descriptor.Kind == TriggerKind.Queue ? ((string, QueueBinding)[])[("[QueueTrigger]", QueueBinding.Of(descriptor.Trigger))] : [],
            .. function.QueueOutputs.Select(static output => ($"[QueueOutput] of '{output.Name}'", output.Binding)),
        ];
        foreach (var (what, binding) in bindings)
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

        return QueueLimits.NameRefusal(Resolve(binding))?.Message
            ?? (binding.Connection is { Length: > 0 } connection ? StorageSetting.QueueError(configuration, connection) : null);
    }
}
