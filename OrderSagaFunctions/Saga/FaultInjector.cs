using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Saga;

/// <summary>
/// Makes chosen orders fail, for demonstrations and tests: the seven published scenarios are told apart by the first
/// characters of the order's id. Does nothing at all unless <c>Saga__FaultInjection=true</c>.
/// </summary>
public sealed class FaultInjector
{
    // The doubled digit fails the compensation of the step that the single digit fails: an id starting with 22 does both.
    private static readonly FrozenDictionary<string, string> IdPrefixOfFault = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [OrderStates.ProcessOrder] = "1",
        [OrderStates.UpdateOrderStatus] = "11",
        [OrderStates.ProcessPayment] = "2",
        [OrderStates.ProcessRefund] = "22",
        [OrderStates.ReserveInventory] = "3",
        [OrderStates.ReleaseInventory] = "33",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly bool _enabled;
    private readonly IReadOnlyList<TransientFault> _transientFaults;
    private readonly ConcurrentDictionary<(string Step, string OrderId), int> _attempts = new();

    /// <summary>Reads the settings once; they do not change while the app runs.</summary>
    public FaultInjector(IOptions<SagaOptions> options)
    {
        _enabled = options.Value.FaultInjection;
        _transientFaults = _enabled && TransientFault.TryParseAll(options.Value.TransientFaults, out var faults) ? faults : [];
    }

    /// <summary>Fails the first attempts that <c>Saga__TransientFaults</c> names, before they have done anything.</summary>
    /// <exception cref="IOException">This attempt is one of them.</exception>
    public void BeforeActing(string step, string orderId)
    {
        foreach (var fault in _transientFaults)
        {
            if (string.Equals(fault.Step, step, StringComparison.OrdinalIgnoreCase)
                && orderId.StartsWith(fault.OrderIdPrefix, StringComparison.Ordinal)
                && _attempts.AddOrUpdate((step, orderId), 1, (_, before) => before + 1) <= fault.Times)
            {
                throw new IOException($"{step} of order {orderId} was made to fail once more (Saga__TransientFaults).");
            }
        }
    }

    /// <summary>Fails a scenario's step after it has written, so that its compensation finds something to undo.</summary>
    /// <exception cref="InjectedFaultException">The order's id asks for it.</exception>
    public void AfterActing(string step, string orderId)
    {
        if (_enabled && IdPrefixOfFault.TryGetValue(step, out var prefix) && orderId.StartsWith(prefix, StringComparison.Ordinal))
        {
            // The published names of these errors are the steps' own.
            throw new InjectedFaultException($"Err{step}");
        }
    }
}
