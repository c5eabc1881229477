using System.Text.Json;
using OrderSagaFunctions.Operations;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>Counts are kept for a while, so that a page may ask every second.</summary>
public sealed class LatestCountsTests
{
    private const string Counts = "/api/orders/counts";

    [Fact]
    public async Task Count_AskedAgainWithinASecond_IsTheSameCount()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("a");
        var first = await PollAsync(shop);
        await shop.CompleteAsync("b");

        var (kept, fresh) = (await PollAsync(shop), await shop.GetAsync(Counts));
        await shop.CompleteAsync("c");
        var stillKept = await PollAsync(shop);
        await shop.Host.AdvanceAsync(TimeSpan.FromSeconds(1.1));
        var after = await PollAsync(shop);

        Assert.Equal((1, 1, 2, 2, 3), (Orders(first), Orders(kept), Orders(fresh), Orders(stillKept), Orders(after)));
        Assert.Equal(AsOf(first), AsOf(kept));
        Assert.Equal(AsOf(fresh), AsOf(stillKept));
        Assert.Equal(shop.Host.Clock.GetUtcNow(), AsOf(after));
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(20, 1000)]
    [InlineData(21, 1050)]
    [InlineData(400, 20_000)]
    public void GoodFor_CountThatTookSoLong_IsFiftyTimesThatAndASecondAtLeast(int took, int good) =>
        Assert.Equal(TimeSpan.FromMilliseconds(good), LatestCounts.GoodFor(TimeSpan.FromMilliseconds(took)));

    private static async Task<JsonElement> PollAsync(Shop shop) =>
        JsonDocument.Parse(await shop.Host.HttpClient.GetStringAsync(new Uri(Counts, UriKind.Relative))).RootElement;

    private static int Orders(JsonElement counts) => counts.GetProperty("orders").GetInt32();

    private static DateTimeOffset AsOf(JsonElement counts) => counts.GetProperty("asOf").GetDateTimeOffset();
}
