using System.Globalization;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Claims;

namespace OrderSagaFunctions.Audit;

/// <summary>The rules about the index of open orders. Orders go on while they are looked at: what may be under way is no finding.</summary>
public sealed class IndexRules(OrderStore orders, OrderIndex index, TimeProvider time)
{
    /// <summary>Holds an order's entry against the order, which was read before.</summary>
    internal async Task<IReadOnlyList<AuditFinding>> CheckAsync(OrderGlance order, CancellationToken cancellation)
    {
        var entry = await index.FindAsync(order.OrderId, cancellation);
        return order.Outcome is null
            ? entry is null ? await CheckMissingAsync(order, cancellation) : []
            : entry is not null && IsOld(entry.At) && IsOld(order.EndedAt!.Value)
                ? [Finding(order.OrderId, "no entry in the index of open orders", $"generation {entry.Generation}, of {entry.At:O}")]
                : [];
    }

    /// <summary>Holds the counts against the orders.</summary>
    internal static IEnumerable<AuditFinding> CheckCounts(IReadOnlyDictionary<SagaOutcome, long> ended, IReadOnlyDictionary<SagaOutcome, long> counted) =>
        from outcome in Enum.GetValues<SagaOutcome>()
        let expected = ended.GetValueOrDefault(outcome)
        let found = counted.GetValueOrDefault(outcome)
        where expected != found
        select Finding(orderId: null, Say(outcome, expected), Say(outcome, found));

    // An entry goes only after the end is stored: an order that has none, and whose same saga has still not ended, has lost it.
    private async Task<IReadOnlyList<AuditFinding>> CheckMissingAsync(OrderGlance order, CancellationToken cancellation) =>
        await orders.GlanceAsync(order.OrderId, cancellation) is { Outcome: null } now && now.Generation == order.Generation
            ? [Finding(order.OrderId, "an entry in the index of open orders", "none")]
            : [];

    // A younger one may be that of a call that is under way.
    private bool IsOld(DateTimeOffset at) => at + SagaIndex.Abandoned < time.GetUtcNow();

    private static string Say(SagaOutcome outcome, long count) => string.Create(CultureInfo.InvariantCulture, $"{count} orders counted as {outcome}");

    private static AuditFinding Finding(string? orderId, string expected, string found) => new(AuditRule.IndexAddsUp, orderId, null, expected, found);
}
