using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Testing;

/// <summary>Starts and reads the <see cref="ShopApp"/>.</summary>
internal static class Shop
{
    public static readonly DurableTestHostOptions Options = new()
    {
        FunctionTypes = [typeof(ShopApp)],
        ConfigureServices = static services => services.AddSingleton(static _ => new TableServiceClient("UseDevelopmentStorage=true")),
    };

    public static Task<DurableTestHost> OpenAsync(int seed = 0, params Fault[] faults) =>
        DurableTestHost.StartAsync(Options with { Seed = seed, Faults = faults });

    public static Task<string> BuyAsync(this DurableTestHost host, string order) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(ShopApp.Buy), new Microsoft.DurableTask.StartOrchestrationOptions(order));

    public static Task<string> AskAsync(this DurableTestHost host) => host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(ShopApp.Approve));

    /// <summary>The rows of an order.</summary>
    public static async Task<string> RowsAsync(this DurableTestHost host, string order)
    {
        var table = host.Services.GetRequiredService<TableServiceClient>().GetTableClient(ShopApp.Orders);
        var rows = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == order))
        {
            rows.Add(row.RowKey);
        }

        return string.Join(' ', rows);
    }
}
