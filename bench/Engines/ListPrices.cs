namespace Bench.Engines;

/// <summary>
/// What a storage account's requests cost, in US dollars: the pay-as-you-go prices of Azure's public lists for Table, Queue and Blob
/// Storage (general purpose v2, locally redundant, East US), as they were quoted in July 2026. Look up your own: they change, and differ
/// by region and redundancy.
/// </summary>
internal static class ListPrices
{
    /// <summary>What they are, in words for a report.</summary>
    public const string Source = "Azure's price lists as quoted in July 2026 (general purpose v2, locally redundant, East US)";

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
