using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Ordering;

/// <summary>What an order saga starts with.</summary>
/// <param name="Order">The accepted order.</param>
/// <param name="Settings">The settings of the moment, which hold for the whole run.</param>
/// <param name="Generation">Which saga of the order this is, counted from 1.</param>
/// <param name="Version">The road that it takes to its end, one of <see cref="OrderVersions"/>: an input without one is from before there were any.</param>
public sealed record OrderSagaInput(Order Order, SagaSettings Settings, int Generation, int Version = OrderVersions.First)
{
    /// <summary>Whether an earlier run of the same saga was stopped, so that any of its steps may have acted.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Whether that run's cancel was granted: this one goes back at once.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>From which locations that run had the order come, where from more than one.</summary>
    public IReadOnlyList<LocationPlan>? Plan { get; init; }
}

/// <summary>The output of an order saga that succeeded or was cancelled. The story is in its custom status and with the order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record OrderSagaResult(string OrderId, SagaOutcome Outcome);

/// <summary>
/// The roads that the order saga has had. A replay has to take the turns that the first run took, so a change of the road is a
/// new version and a branch on it; an order ends on the road that it began on.
/// </summary>
public static class OrderVersions
{
    /// <summary>All stock is reserved in one step.</summary>
    public const int First = 1;

    /// <summary>Stock at several locations is reserved by a saga each, which also books the shipment from there.</summary>
    public const int ByLocation = 2;

    /// <summary>What new orders take.</summary>
    public const int Current = ByLocation;
}
