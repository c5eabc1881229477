using System.Globalization;
using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Storage;
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
                tables = new CountedTables(TableServiceFactory.Create(provider.GetRequiredService<IConfiguration>()))),
        });
        tables!.Clear();

        var order = new OrderRun(host, EndToEnd.Orders.Plain(orderId));
        await order.SubmitAsync();
        _ = await host.WaitForCompletionAsync(orderId);

        var activities = (await host.HistoryAsync(orderId)).Activities.Count;
        var turns = activities + 1;
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {tables.Reads} | {tables.Writes} | {activities} | {2 + (3 * turns)} | {3 + (6 * activities)} | {tables.Reads + tables.Writes + 2 + (3 * turns) + 3 + (6 * activities)} |");
        Assert.True(
            Repository.Read("docs", "operations.md").Contains(row, StringComparison.Ordinal), $"The table in docs/operations.md is to have this row: {row}");
    }
}
