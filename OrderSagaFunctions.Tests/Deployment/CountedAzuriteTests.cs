using Azure.Data.Tables;
using Bench.Engines;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>The benchmark's count of requests to a storage account, by which docs/operations.md says what an order costs.</summary>
public sealed class CountedAzuriteTests
{
    [Fact]
    public async Task Count_RequestsOfAClient_AreThoseByServiceAndVerb()
    {
        var azurite = await CountedAzurite.StartAsync();
        var table = new TableClient(azurite.Connection, "Counted");
        var before = await azurite.CountAsync();

        _ = await table.CreateAsync();
        _ = await table.AddEntityAsync(new TableEntity("p", "1"));
        _ = await table.GetEntityAsync<TableEntity>("p", "1");
        _ = await table.GetEntityIfExistsAsync<TableEntity>("p", "2");
        _ = await table.DeleteEntityAsync("p", "1");

        var counted = (await azurite.CountAsync()).Since(before);
        Assert.Equal((5, 2, 2, 1), (counted.Of("table"), counted.Of("table POST"), counted.Of("table GET"), counted.Of("table DELETE")));
        Assert.Equal((0, 0), (counted.Of("queue"), counted.Of("blob")));
    }

    [Fact]
    public void Price_OfRequests_GoesByService()
    {
        var requests = new Requests(new Dictionary<string, long>(StringComparer.Ordinal) { ["table GET"] = 10_000, ["queue PUT"] = 20_000, ["blob GET"] = 10_000 });

        Assert.Equal(0.00036 + 0.008 + 0.05, ListPrices.Of(requests), precision: 6);
    }
}
