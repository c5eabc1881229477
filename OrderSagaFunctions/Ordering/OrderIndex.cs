using System.Runtime.CompilerServices;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Claims;
using Sagas.Storage;

namespace OrderSagaFunctions.Ordering;

/// <summary>
/// The index of the orders whose saga has not ended, with the counts of those whose has: what is asked of all orders is read
/// from it. An order's entry is there from before the order is accepted, or taken up again in a new generation, until after the
/// story of its saga is stored; in between the order's own rows decide.
/// </summary>
public sealed class OrderIndex(SagaIndex index, SagaTally tally, OrderStore orders, TimeProvider time)
{
    /// <summary>The name of the order saga in the index.</summary>
    public const string Saga = nameof(OrderSaga);

    /// <summary>Makes sure that there is an entry for an order that is about to be accepted.</summary>
    internal Task<OpenSaga> AddAsync(string orderId, CancellationToken cancellation) => index.AddAsync(Saga, orderId, cancellation);

    /// <summary>Whether an order is accepted and its saga is not known to have begun.</summary>
    internal Task<bool> IsToBeginAsync(string orderId, CancellationToken cancellation) => index.IsToBeginAsync(Saga, orderId, cancellation);

    /// <summary>The entries of the orders whose saga is not known to have begun.</summary>
    internal Task<IReadOnlyList<OpenSaga>> ReadToBeginAsync(UnreadableRows unreadable, CancellationToken cancellation) =>
        index.ReadToBeginAsync(Saga, unreadable, cancellation);

    /// <summary>An order's entry; null if it has none.</summary>
    internal Task<OpenSaga?> FindAsync(string orderId, CancellationToken cancellation) => index.FindAsync(Saga, orderId, cancellation);

    /// <summary>Makes sure that there is an entry for a saga that is about to take up an order that has ended.</summary>
    /// <returns>The entry; null if another call was first.</returns>
    internal async Task<OpenSaga?> ReopenAsync(string orderId, OrderRecovery next, CancellationToken cancellation)
    {
        while (true)
        {
            // The entry before the order: what it was read for may have come to its end since, and then it has changed.
            var entry = await index.FindAsync(Saga, orderId, cancellation);
            if (await orders.GlanceAsync(orderId, cancellation) is not { } order || order.Recoveries >= next.Number)
            {
                return null;
            }

            if (entry is null || entry.Generation == next.Generation)
            {
                entry = await index.AddAsync(
                    Saga,
                    new OpenSaga(orderId, time.GetUtcNow()) { IsBegun = true, Generation = next.Generation, Replaces = order.Outcome },
                    cancellation);
                if (entry.Generation == next.Generation)
                {
                    return entry;
                }
            }
            else if (entry.Generation < next.Generation && order.Outcome is not null)
            {
                _ = await SettleAsync(entry, order, cancellation);
            }
            else
            {
                throw new InvalidOperationException(
                    $"Order '{orderId}' cannot begin generation {next.Generation}: its generation {order.Generation} has not ended, or the index has it at {entry.Generation}.");
            }
        }
    }

    /// <summary>Removes an entry that a call has added and had no use for: its order had ended.</summary>
    internal async Task DiscardAsync(OpenSaga added, CancellationToken cancellation)
    {
        if (added.IsNew
            && await index.FindAsync(Saga, added.Key, cancellation) is { } entry && entry.Id == added.Id
            && await orders.GlanceAsync(added.Key, cancellation) is { Outcome: not null } order && order.OpenId != entry.Id)
        {
            _ = await index.TryRemoveAsync(Saga, entry, cancellation);
        }
    }

    /// <summary>Removes an order's entry once the story of its saga is stored, and counts how it ended; repeating it changes nothing.</summary>
    /// <param name="ended">The saga, with its story.</param>
    /// <param name="isFirst">Whether this call has stored the story: then the entry that is there is the saga's own.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal async Task EndAsync(ReportToStore ended, bool isFirst, CancellationToken cancellation)
    {
        if (!isFirst)
        {
            await SettleAsync(ended.Key, cancellation);
        }
        else if (await index.FindAsync(Saga, ended.Key, cancellation) is { } entry
            && entry.Generation == ended.Generation
            && !await index.TryEndAsync(Saga, entry, ended.Report.Outcome!.Value, cancellation))
        {
            await SettleAsync(ended.Key, cancellation);
        }
    }

    /// <summary>Removes an order's entry if the order has ended, and counts how it did.</summary>
    internal async Task SettleAsync(string orderId, CancellationToken cancellation)
    {
        while (await index.FindAsync(Saga, orderId, cancellation) is { } entry)
        {
            if (await orders.GlanceAsync(orderId, cancellation) is not { } order || await SettleAsync(entry, order, cancellation))
            {
                return;
            }
        }
    }

    /// <summary>Removes an entry if its order has ended, and counts how it did. The entry is to be read before the order.</summary>
    /// <returns>False if the entry has changed since it was read, or is gone.</returns>
    internal async Task<bool> SettleAsync(OpenSaga entry, OrderGlance order, CancellationToken cancellation) => order.Outcome switch
    {
        null => true,
        // Of a recovery that is not written down: it is about to be, or its call was cut off.
        _ when entry.Generation > order.Generation =>
            entry.At + SagaIndex.Abandoned > time.GetUtcNow() || await index.TryRemoveAsync(Saga, entry, cancellation),
        { } outcome when IsOwn(entry, order) => await index.TryEndAsync(Saga, entry, outcome, cancellation),
        _ => await index.TryRemoveAsync(Saga, entry, cancellation),
    };

    /// <summary>Reads the whole index.</summary>
    internal Task<SagaCounts> ReadAsync(UnreadableRows unreadable, CancellationToken cancellation) => tally.ReadAsync(Saga, unreadable, cancellation);

    /// <summary>Adds the ends that were read to the counts, if there are many.</summary>
    internal Task FoldAsync(SagaCounts read, CancellationToken cancellation) => tally.FoldAsync(Saga, read, cancellation);

    /// <summary>The orders of the entries, as they are now: a few may have ended.</summary>
    internal async IAsyncEnumerable<(OpenSaga Entry, OrderGlance Order)> ListAsync(
        SagaCounts read, UnreadableRows unreadable, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var looks = TableScans.LookAtEachAsync(
            read.Open, async entry => (Entry: entry, Order: await unreadable.SkipAsync(() => orders.GlanceAsync(entry.Key, cancellation))));
        await foreach (var (entry, order) in looks.WithCancellation(cancellation))
        {
            if (order is not null)
            {
                yield return (entry, order);
            }
        }
    }

    /// <summary>Counts all orders. What runs meanwhile is counted as it was or as it is.</summary>
    internal async Task<OrderTotals> CountAsync(UnreadableRows unreadable, CancellationToken cancellation)
    {
        var read = await ReadAsync(unreadable, cancellation);
        var open = new List<OrderGlance>();
        var ended = read.Ended.ToDictionary();
        await foreach (var (entry, order) in ListAsync(read, unreadable, cancellation))
        {
            if (read.IsCounted(entry) || (order.Outcome is not null && !IsOwn(entry, order)))
            {
                continue;
            }

            if (order.Outcome is { } outcome)
            {
                ended[outcome]++;
            }
            else
            {
                open.Add(order);
            }

            // Counted is still how the saga before it ended.
            if (entry.Replaces is { } replaced && entry.Generation == order.Generation)
            {
                ended[replaced]--;
            }
        }

        await FoldAsync(read, cancellation);
        return new OrderTotals(open, ended, read.Open);
    }

    // Not of a call that came after the order had ended.
    private static bool IsOwn(OpenSaga entry, OrderGlance order) => entry.Generation == order.Generation && entry.Id == order.OpenId;
}

/// <summary>How many orders there are.</summary>
/// <param name="Open">Those whose saga has not ended.</param>
/// <param name="Ended">How many have ended how.</param>
/// <param name="Entries">The index's entries that this was counted by.</param>
internal sealed record OrderTotals(IReadOnlyList<OrderGlance> Open, IReadOnlyDictionary<SagaOutcome, long> Ended, IReadOnlyList<OpenSaga> Entries)
{
    /// <summary>Whether another count found the same: then nothing has begun or ended in between.</summary>
    public bool IsSameAs(OrderTotals other) =>
        Entries.SequenceEqual(other.Entries) && Open.SequenceEqual(other.Open) && Ended.OrderBy(static pair => pair.Key).SequenceEqual(other.Ended.OrderBy(static pair => pair.Key));
}
