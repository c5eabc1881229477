using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>Which queues functions are bound to: <c>%…%</c> in their names are settings, and upper case is lower.</summary>
internal sealed partial class QueueNames(IConfiguration configuration)
{
    private readonly ConcurrentDictionary<string, string> _resolved = new(StringComparer.Ordinal);

    /// <summary>The name of a queue.</summary>
    public string Resolve(QueueBinding binding) =>
        _resolved.GetOrAdd(binding.Queue, name => Setting().Replace(name, match => Value(match.Groups["key"].Value) ?? "").ToLowerInvariant());

    /// <summary>Checks what functions are bound to.</summary>
    /// <exception cref="Hosting.HostStartupException">A name is none, a setting is missing, or a connection leads elsewhere.</exception>
    public void Check(IEnumerable<HostedFunction> functions) => FunctionErrors.ThrowIfAny([.. functions.SelectMany(Errors)]);

    private IEnumerable<string> Errors(HostedFunction function)
    {
        var descriptor = function.Descriptor;
        if (descriptor.Kind is TriggerKind.Orchestration or TriggerKind.Entity && function.QueueOutputs.Count > 0)
        {
            yield return $"Function '{descriptor.FunctionName}' is an orchestrator, which has no outputs: give [QueueOutput] to an activity that it calls.";
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
        if (Setting().Matches(binding.Queue).Select(static match => match.Groups["key"].Value).FirstOrDefault(key => Value(key) is null) is { } missing)
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

    private string? Value(string key) => configuration[key] ?? configuration[key.Replace("__", ":", StringComparison.Ordinal)];

    [GeneratedRegex("%(?<key>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
