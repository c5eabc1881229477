using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Saga;

/// <summary>
/// Makes chosen sagas fail, for demonstrations and tests: which ones is told by the first characters of their keys. Does
/// nothing at all unless <c>Saga__FaultInjection=true</c>.
/// </summary>
public sealed class FaultInjector
{
    private readonly bool _enabled;
    private readonly FaultScenarios _scenarios;
    private readonly IReadOnlyList<TransientFault> _transientFaults;
    private readonly ConcurrentDictionary<(string Step, string Key), int> _attempts = new();

    /// <summary>Reads the settings once; they do not change while the app runs.</summary>
    public FaultInjector(IOptions<SagaOptions> options, FaultScenarios scenarios)
    {
        _scenarios = scenarios;
        _enabled = options.Value.FaultInjection;
        _transientFaults = _enabled && TransientFault.TryParseAll(options.Value.TransientFaults, out var faults) ? faults : [];
    }

    /// <summary>Fails the first attempts that <c>Saga__TransientFaults</c> names, before they have done anything.</summary>
    /// <exception cref="IOException">This attempt is one of them.</exception>
    public void BeforeActing(string step, string key)
    {
        foreach (var fault in _transientFaults)
        {
            if (string.Equals(fault.Step, step, StringComparison.OrdinalIgnoreCase)
                && key.StartsWith(fault.KeyPrefix, StringComparison.Ordinal)
                && _attempts.AddOrUpdate((step, key), 1, (_, before) => before + 1) <= fault.Times)
            {
                throw new IOException($"{step} of {key} was made to fail once more (Saga__TransientFaults).");
            }
        }
    }

    /// <summary>Fails a scenario's step after it has written, so that its compensation finds something to undo.</summary>
    /// <exception cref="InjectedFaultException">The saga's key asks for it.</exception>
    public void AfterActing(string step, string key)
    {
        if (_enabled && _scenarios.KeyPrefixes.TryGetValue(step, out var prefix) && key.StartsWith(prefix, StringComparison.Ordinal))
        {
            throw new InjectedFaultException(step);
        }
    }
}
