using Microsoft.DurableTask.Client;
using Sagas.Operations;

namespace OrderSagaFunctions.Operations;

/// <summary>
/// The last count of the orders, which is good for a while: however often it is asked for, counting takes no more than a
/// fiftieth of this process's time.
/// </summary>
public sealed class LatestCounts(OrderCensus census, LongReads reads, TimeProvider time)
{
    private const int TimesItsLength = 50;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1);

    private Counted? _last;

    /// <summary>Tells the last count, or counts where that is too old.</summary>
    /// <param name="client">Knows the instances.</param>
    /// <param name="isFreshWanted">Whether only a count will do that began after this call.</param>
    /// <param name="cancellation">Ends the count.</param>
    public async Task<OrderCounts> GetAsync(DurableTaskClient client, bool isFreshWanted, CancellationToken cancellation)
    {
        var asked = time.GetTimestamp();
        return Find() ?? await reads.RunAsync("counts", async () => Find() ?? await CountAsync(client, cancellation), cancellation);

        OrderCounts? Find() => Volatile.Read(ref _last) is { } last && (isFreshWanted ? last.Began > asked : IsGood(last)) ? last.Counts : null;
    }

    /// <summary>For how long a count is good that took so long.</summary>
    internal static TimeSpan GoodFor(TimeSpan took) => took * TimesItsLength > LeastTime ? took * TimesItsLength : LeastTime;

    private bool IsGood(Counted last) => time.GetElapsedTime(last.Ended) <= GoodFor(time.GetElapsedTime(last.Began, last.Ended));

    private async Task<OrderCounts> CountAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var counts = await census.CountAsync(client, cancellation);
        Volatile.Write(ref _last, new Counted(counts, began, time.GetTimestamp()));
        return counts;
    }

    private sealed record Counted(OrderCounts Counts, long Began, long Ended);
}
