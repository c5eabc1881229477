using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Operations;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Tests.Fulfilment;
using Sagas;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>What is tried again is shown while it is: on the order's page, in the list and in the counts.</summary>
public sealed class RetryingTests
{
    [Fact]
    public async Task Step_ThatWaitsForItsNextAttempt_ShowsItAndNoMoreOnceItIsDone()
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ProcessPayment:2@tried"));
        await shop.SubmitAsync(EndToEnd.Orders.Plain("tried"));
        await shop.Host.RunUntilAsync(async () => Waits(await StepAsync(shop, "tried", "ProcessPayment"), attempts: 2), "the wait for the third attempt");

        var (step, now) = (await StepAsync(shop, "tried", "ProcessPayment"), shop.Host.Clock.GetUtcNow());
        var order = (await shop.GetAsync("/api/orders?retrying=true")).GetProperty("orders").EnumerateArray().Single();
        var counts = await shop.GetAsync("/api/orders/counts");
        await shop.Host.WaitForCompletionAsync("tried");
        var done = await StepAsync(shop, "tried", "ProcessPayment");

        Assert.Equal((2, 4), (step.GetProperty("attempts").GetInt32(), step.GetProperty("maxAttempts").GetInt32()));
        Assert.InRange(step.GetProperty("nextAttemptAt").GetDateTimeOffset() - now, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        var retrying = order.GetProperty("retrying");
        Assert.Equal(("tried", "ProcessPayment", 3, 4), (order.GetProperty("orderId").GetString(), retrying.GetProperty("state").GetString(), retrying.GetProperty("attempt").GetInt32(), retrying.GetProperty("of").GetInt32()));
        Assert.Equal(step.GetProperty("nextAttemptAt").GetDateTimeOffset(), retrying.GetProperty("nextAttemptAt").GetDateTimeOffset());
        Assert.Equal((1, 1), (counts.GetProperty("running").GetInt32(), counts.GetProperty("retrying").GetInt32()));
        Assert.Equal((3, false, false), (done.GetProperty("attempts").GetInt32(), done.TryGetProperty("maxAttempts", out _), done.TryGetProperty("nextAttemptAt", out _)));
        Assert.Equal(0, (await shop.GetAsync("/api/orders/counts")).GetProperty("retrying").GetInt32());
        Assert.Empty((await shop.GetAsync("/api/orders?retrying=true")).GetProperty("orders").EnumerateArray());
        Assert.False((await shop.GetAsync("/api/orders")).GetProperty("orders")[0].TryGetProperty("retrying", out _));
    }

    [Theory]
    [InlineData(1, 4, true, "2 of 4 waits")]
    [InlineData(2, 4, false, "2 of 4 runs")]
    // Tried again by an operator, it counts from the first attempt on: what is shown never exceeds what there may be.
    [InlineData(4, 4, true, "4 of 4 waits")]
    [InlineData(1, null, false, "no")]
    [InlineData(3, null, false, "no")]
    public void FindIn_Step_IsTheAttemptThatItWaitsForOrRuns(int attempts, int? most, bool waits, string shown)
    {
        var now = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
        var step = new StepReport("Act", StepOutcome.Running, attempts, now) { MaxAttempts = most, NextAttemptAt = waits ? now : null };

        var found = RetryingStep.FindIn([step]);

        Assert.Equal(shown, found is null ? "no" : $"{found.Attempt} of {found.Of} {(found.NextAttemptAt is null ? "runs" : "waits")}");
    }

    [Fact]
    public async Task StepsOfAnOrderThatNeedsNoSecondAttempt_SayNothingOfIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("2-failed", "good");

        foreach (var orderId in (string[])["2-failed", "good"])
        {
            Assert.All(
                (await shop.GetAsync("/api/orders/" + orderId)).GetProperty("saga").GetProperty("steps").EnumerateArray(),
                static step => Assert.False(step.TryGetProperty("maxAttempts", out _) || step.TryGetProperty("nextAttemptAt", out _)));
        }
    }

    [Fact]
    public async Task Compensation_ThatWaitsForItsNextAttempt_ShowsIt()
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "UpdateOrderStatus:1@2-back"));
        await shop.SubmitAsync(EndToEnd.Orders.Plain("2-back"));
        await shop.Host.RunUntilAsync(async () => Waits(await StepAsync(shop, "2-back", "UpdateOrderStatus"), attempts: 1), "the wait");

        var retrying = (await shop.GetAsync("/api/orders?retrying=true")).GetProperty("orders")[0].GetProperty("retrying");

        Assert.Equal(("UpdateOrderStatus", 2, 8), (retrying.GetProperty("state").GetString(), retrying.GetProperty("attempt").GetInt32(), retrying.GetProperty("of").GetInt32()));
    }

    [Theory]
    [InlineData(1, ShipmentActivities.BookShipment, 4)]
    [InlineData(11, ShipmentActivities.CancelShipment, 8)]
    public async Task Child_ThatWaitsForItsNextAttempt_MakesItsOrderRetrying(int fromTheSouth, string state, int of)
    {
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App([new Fault(state, FaultKind.Throw) { Attempt = 1 }]));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(TwoLocations.Order("split", fromTheSouth));
        await host.RunUntilAsync(async () => (await shop.ReadAsync("/api/orders?retrying=true")).GetProperty("orders").GetArrayLength() == 1, "a child's wait");

        var order = (await shop.ReadAsync("/api/orders?retrying=true&prefix=s")).GetProperty("orders")[0];

        Assert.Equal((state, 2, of), (order.GetProperty("retrying").GetProperty("state").GetString(), order.GetProperty("retrying").GetProperty("attempt").GetInt32(), order.GetProperty("retrying").GetProperty("of").GetInt32()));
        Assert.Equal(1, (await shop.ReadAsync("/api/orders/counts")).GetProperty("retrying").GetInt32());
        Assert.Empty((await shop.ReadAsync("/api/orders?retrying=false")).GetProperty("orders").EnumerateArray());
        _ = await shop.EndOfAsync("split");
        Assert.Empty((await shop.ReadAsync("/api/orders?retrying=true")).GetProperty("orders").EnumerateArray());
    }

    [Fact]
    public async Task Step_ParkedAndTriedAgain_BeginsItsAttemptsAnew()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:5@parked"));
        await shop.ParkAsync("parked");
        var parked = await StepAsync(shop, "parked", "ReserveInventory");
        var listed = (await shop.GetAsync("/api/orders?parked=true")).GetProperty("orders")[0];
        _ = await shop.PostAsync("/api/orders/parked/retry");
        await shop.Host.RunUntilAsync(async () => (await shop.GetAsync("/api/orders?retrying=true")).GetProperty("orders").GetArrayLength() == 1, "the retry's own retry");

        Assert.Equal((4, false, false), (parked.GetProperty("attempts").GetInt32(), parked.TryGetProperty("maxAttempts", out _), parked.TryGetProperty("nextAttemptAt", out _)));
        Assert.False(listed.TryGetProperty("retrying", out _));
        _ = await shop.Host.WaitForCompletionAsync("parked");
    }

    [Fact]
    public async Task Saga_StoppedWhileItWaits_IsNotRetrying()
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ProcessPayment:2@stopped"));
        await shop.SubmitAsync(EndToEnd.Orders.Plain("stopped"));
        await shop.Host.RunUntilAsync(async () => Waits(await StepAsync(shop, "stopped", "ProcessPayment"), attempts: 1), "the wait");
        await shop.TerminateAsync("stopped");

        Assert.Empty((await shop.GetAsync("/api/orders?retrying=true")).GetProperty("orders").EnumerateArray());
        Assert.Equal("stopped", (await shop.GetAsync("/api/orders?retrying=false")).GetProperty("orders")[0].GetProperty("orderId").GetString());
    }

    private static bool Waits(JsonElement step, int attempts) =>
        step.ValueKind == JsonValueKind.Object && step.GetProperty("attempts").GetInt32() == attempts && step.TryGetProperty("nextAttemptAt", out _);

    private static async Task<JsonElement> StepAsync(Shop shop, string orderId, string state) =>
        (await shop.GetAsync("/api/orders/" + orderId)).GetProperty("saga").GetProperty("steps").EnumerateArray()
            .LastOrDefault(step => step.GetProperty("name").GetString() == state);
}
