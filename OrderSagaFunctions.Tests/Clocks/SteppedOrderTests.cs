using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrderSagaFunctions.Tests.Notifications;
using OrderSagaFunctions.Tests.Operations;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Tests.Clocks;

/// <summary>Orders under way while the clock is set: retries, deliveries, incidents, and what operators see of them.</summary>
public sealed class SteppedOrderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<double> Hours => new(-48, -3, -10 / 60d, 10 / 60d, 3, 23);

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Order_ClockIsSetWhileAnotherIsInReview_IsRetriedWithinSeconds(double hours)
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ReserveInventory:2"));
        await shop.SendToReviewAsync("waiting");
        await shop.SendToReviewAsync("deciding");

        shop.Host.Clock.Step(TimeSpan.FromHours(hours));
        await shop.SubmitAsync(EndToEnd.Orders.Plain("plain"));
        Assert.Equal(HttpStatusCode.OK, (await shop.PostAsync("/api/orders/deciding/review", """{"approved":true,"reviewer":"ada"}""")).Status);
        _ = await shop.Host.WaitForCompletionAsync("plain");
        _ = await shop.Host.WaitForCompletionAsync("deciding");

        Assert.InRange(shop.Host.Clock.Elapsed, TimeSpan.Zero, Minute);
        var steps = (await shop.GetAsync("/api/orders/deciding")).GetProperty("saga").GetProperty("steps").EnumerateArray();
        Assert.All(steps, static step => Assert.True(
            step.GetProperty("endedAt").GetDateTimeOffset() >= step.GetProperty("startedAt").GetDateTimeOffset(), $"{step}"));
    }

    [Theory]
    [InlineData(-48)]
    [InlineData(48)]
    public async Task Delivery_ClockIsSetWhileItWaitsForItsRetry_IsMadeWithTheNextOne(int hours)
    {
        await using var shop = await NotifiedShop.StartAsync();
        shop.Receiver.Answer = (_, _) => Task.FromResult(shop.Receiver.Calls == 1 ? Results.StatusCode(500) : Results.Ok());
        await shop.SubmitAsync("first");
        await shop.UntilAsync(() => shop.Receiver.Calls == 1);

        shop.Host.Clock.Step(TimeSpan.FromHours(hours));
        await shop.SubmitAsync("second");
        await shop.UntilAcceptedAsync(2);

        Assert.InRange(shop.Host.Clock.Elapsed, TimeSpan.Zero, Minute);
    }

    [Fact]
    public async Task Stuck_ProgressLiesInTheFuture_IsListed()
    {
        await using var shop = await Shop.OpenAsync();
        shop.Host.Clock.Step(TimeSpan.FromDays(10));
        await shop.SendToReviewAsync("ahead");
        shop.Host.Clock.Step(TimeSpan.FromDays(-10));

        Assert.Equal(["ahead"], await StuckAsync(shop, "PT10M"));
    }

    [Fact]
    public async Task Stuck_ClockWasCorrectedByALittle_IsNotListed()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("well");
        shop.Host.Clock.Step(TimeSpan.FromSeconds(-30));

        Assert.Empty(await StuckAsync(shop, "PT10M"));
    }

    [Fact]
    public async Task Incident_ComesUpAgainAfterTheClockWasSetBack_IsOpenedAgain()
    {
        using var tables = new AppTables();
        var clock = new SetClock();
        var store = new IncidentStore(tables.Client, clock);
        var first = Opened(clock.Now);
        Assert.True(await store.OpenAsync("order-1", first, default));
        clock.Now += TimeSpan.FromMinutes(10);
        Assert.True(await store.TryCloseAsync("order-1", first.Incident.Id, "Done after all.", by: "", default));

        clock.Now -= TimeSpan.FromHours(3);

        Assert.False(await store.OpenAsync("order-1", first, default));
        Assert.True(await store.OpenAsync("order-1", Opened(clock.Now), default));
    }

    [Fact]
    public async Task Timeline_ClockIsSetBackBetweenSteps_KeepsTheirOrder()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("back");
        shop.Host.Clock.Step(TimeSpan.FromHours(-3));
        _ = await shop.PostAsync("/api/orders/back/review", """{"approved":true,"reviewer":"ada"}""");
        _ = await shop.Host.WaitForCompletionAsync("back");

        var entries = (await shop.GetAsync("/api/orders/back/timeline")).GetProperty("entries").EnumerateArray()
            .Select(static entry => $"{entry.GetProperty("kind").GetString()} {entry.GetProperty("name").GetString()}").ToList();

        string[] inOrder =
        [
            "Accepted back", "Step ProcessOrder", "Step Checks", "Step Review", "Step ProcessPayment", "Step ReserveInventory", "Step NotifySuccess",
            "Ended OrderSucceeded",
        ];
        Assert.Equal(inOrder, entries.Where(inOrder.Contains));
        Assert.True(entries.IndexOf("ReviewRequested CheckFraud") < entries.IndexOf("ReviewDecided Approved"), string.Join(", ", entries));
    }

    [Fact]
    public async Task Audit_ClockWasSetBackWhileTheHostWasDown_IsClean()
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__TransientFaults", "ReserveInventory:1"), ("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1"));
        await shop.ParkAsync("paid");
        shop.Host.Crash();
        shop.Host.Clock.Step(TimeSpan.FromHours(-3));
        await shop.Host.RestartAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await shop.PostAsync("/api/orders/paid/cancel")).Status);
        _ = await shop.Host.WaitForCompletionAsync("paid");

        var audit = await shop.GetAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), $"{audit}");
        Assert.InRange(shop.Host.Clock.Elapsed, TimeSpan.Zero, Minute);
    }

    private static IncidentToOpen Opened(DateTimeOffset at) =>
        new(new Incident("ProcessRefund-1", "ProcessRefund", "too slow", at), JsonSerializer.SerializeToElement("input"));

    private static async Task<IEnumerable<string?>> StuckAsync(Shop shop, string longerThan) =>
        (await shop.GetAsync($"/api/orders/stuck?longerThan={longerThan}")).GetProperty("sagas").EnumerateArray()
            .Select(static saga => saga.GetProperty("orderId").GetString());

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
