namespace Bench.Engines;

/// <summary>
/// What a storage account's requests cost, in US dollars: pay as you go, general purpose v2, locally redundant, East US. These are the
/// prices that others quoted in July 2026, and not read off Azure's own list, which could not be had: look up your own. They change, and
/// differ by region and redundancy.
/// </summary>
internal static class ListPrices
{
    /// <summary>What they are, in words for a report.</summary>
    public const string Source = "prices quoted in July 2026, not read off Azure's own list (general purpose v2, locally redundant, East US)";

    private const double TenThousandTableRequests = 0.00036;
    private const double TenThousandQueueRequests = 0.004;

    // That of a write, the dearest: an order has no blob as long as it is small.
    private const double TenThousandBlobRequests = 0.05;

    /// <summary>The price of requests. Storage, traffic and machines come on top.</summary>
    public static double Of(Requests requests) =>
        ((requests.Of("table") * TenThousandTableRequests)
            + (requests.Of("queue") * TenThousandQueueRequests)
            + (requests.Of("blob") * TenThousandBlobRequests)) / 10_000;
}
