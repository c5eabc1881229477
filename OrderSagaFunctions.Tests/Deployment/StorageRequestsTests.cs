using System.Globalization;
using Azure.Data.Tables;
using Bench.Engines;
using EmbeddedHost.Storage.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Tests.CrashPoints;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>What one order costs in requests to a storage account; docs/operations.md shows the very figures.</summary>
public sealed class StorageRequestsTests
{
    [Theory]
    [InlineData("4-cost", "success")]
    [InlineData("3-cost", "three compensations")]
    public async Task Order_FromSubmissionToEnd_MakesTheRequestsThatTheGuideCounts(string orderId, string what)
    {
        CountedTables? tables = null;
        await using var host = await DurableTestHost.StartAsync(OrderRun.App with
        {
            ConfigureServices = services => services.AddSingleton<TableServiceClient>(provider =>
                tables = new CountedTables(provider.GetRequiredService<EmbeddedTableServiceClient>())),
        });
        tables!.Clear();

        var order = new OrderRun(host, EndToEnd.Orders.Plain(orderId));
        await order.SubmitAsync();
        _ = await host.WaitForCompletionAsync(orderId);

        // What Durable Functions adds on Azure Storage; the guide says why.
        var activities = (await host.HistoryAsync(orderId)).Activities.Count;
        var (durableTables, durableQueues) = (3 + (3 * (activities + 1)), 3 + (6 * activities));
        int[] figures = [tables.Reads, tables.Writes, activities, durableTables, durableQueues];
        var requests = new Requests(new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["table"] = tables.Reads + tables.Writes + durableTables,
            ["queue"] = durableQueues,
        });
        var price = (1_000_000 * ListPrices.Of(requests)).ToString("F2", CultureInfo.InvariantCulture);
        var row = $"| {what} | {string.Join(" | ", figures)} | {figures.Sum() - activities} | ${price} |";
        Assert.True(
            Repository.Read("docs", "operations.md").Contains(row, StringComparison.Ordinal),
            $"The table in docs/operations.md is to have this row: {row}");
    }
}
