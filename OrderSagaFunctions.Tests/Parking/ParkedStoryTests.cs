using System.Net;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Parking;

/// <summary>What a saga tells of itself while an operator tries a compensation over and over.</summary>
public sealed class ParkedStoryTests
{
    private const string Order = "3-tried-often";

    [Fact]
    public async Task Retry_CompensationThatKeepsFailing_DoesNotMakeTheStoryLonger()
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__OnCompensationFailure", "Park"), ("Saga__Retry__CompensationAttempts", "1"), ("Saga__TransientFaults", "ReleaseInventory:1000"));
        await shop.ParkAsync(Order);
        await RetryAsync(shop);
        var path = await PathAsync(shop);

        for (var i = 0; i < 5; i++)
        {
            await RetryAsync(shop);
        }

        Assert.EndsWith("ReleaseInventory NotifyReleaseInventoryFail ReleaseInventory", path, StringComparison.Ordinal);
        Assert.Equal(path, await PathAsync(shop));
        Assert.Equal(1, (await shop.GetAsync($"/api/orders/{Order}")).GetProperty("saga").GetProperty("incidents").GetArrayLength());
    }

    private static async Task RetryAsync(Shop shop)
    {
        var (status, body) = await shop.PostAsync($"/api/orders/{Order}/retry", "{}");
        Assert.True(status == HttpStatusCode.Accepted, $"{status}: {body}");
        await shop.Host.RunUntilIdleAsync();
    }

    private static async Task<string> PathAsync(Shop shop) => string.Join(
        ' ', (await shop.GetAsync($"/api/orders/{Order}")).GetProperty("saga").GetProperty("path").EnumerateArray().Select(static state => state.GetString()));
}
