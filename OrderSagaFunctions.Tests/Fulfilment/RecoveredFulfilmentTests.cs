using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Shipments;
using static OrderSagaFunctions.Tests.Fulfilment.TwoLocations;

namespace OrderSagaFunctions.Tests.Fulfilment;

/// <summary>An order from several locations whose saga was stopped or failed, taken up again.</summary>
public sealed class RecoveredFulfilmentTests
{
    private static readonly (string, string)[] OneAttemptThenPark = [("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1")];

    [Fact]
    public async Task Recover_OrderThatWentBackward_ReservesAndShipsOnceMoreUnderNewIds()
    {
        await using var host = await DurableTestHost.StartAsync(App());
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("again", fromTheSouth: 11));
        _ = await shop.EndOfAsync("again");
        using var stock = new StringContent("""{"quantity": 20}""", System.Text.Encoding.UTF8, "application/json");
        using var put = await host.HttpClient.PutAsync(new Uri("/api/inventory/south-1", UriKind.Relative), stock);

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/again/recover"));
        _ = await host.WaitForCompletionAsync("again-recovery-1");
        var order = await shop.ViewAsync("again");

        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.Equal("north:Cancelled north:Booked south:Booked", order.Shipments());
        Assert.Equal(2, order.Json.GetProperty("shipments").EnumerateArray().Select(one => one.GetProperty("shipmentId").GetString()).Take(2).Distinct().Count());
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Reconcile_SagaStoppedBetweenItsChildren_SaysWhatIsHeldAndRecoverFinishesIt()
    {
        var stuck = new Fault(ShipmentActivities.BookShipment, FaultKind.Hang) { InputContains = South, Attempt = 1, For = TimeSpan.FromMinutes(5) };
        await using var host = await DurableTestHost.StartAsync(App([stuck], ("Saga__AttemptTimeout", "00:10:00")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("stopped"));
        var shipped = await shop.UntilAsync("stopped", order => order.Shipments() is { Length: > 0 } shipments ? shipments : null);
        await host.Client.TerminateInstanceAsync("stopped");
        _ = await host.WaitForCompletionAsync("stopped");

        Assert.Equal(HttpStatusCode.OK, await shop.PostAsync("/api/reconcile"));
        var incident = Assert.Single((await shop.ViewAsync("stopped")).Incidents);
        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/stopped/recover"));
        _ = await host.WaitForCompletionAsync("stopped-recovery-1");
        var order = await shop.ViewAsync("stopped");

        Assert.Equal("north:Booked", shipped);
        Assert.EndsWith("pieces of stock and 1 shipments.", incident.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.Equal("north:Booked south:Booked", order.Shipments());
        Assert.Equal("north-1=2 south-1=1 south-2=1", Reserved(await shop.ReadAsync("/api/inventory")));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Theory]
    [InlineData("north-1", "south-1")]
    [InlineData("plain-1", "plain-1")]
    public async Task Recover_FailsBeforeItGetsToWhatTheStoppedSagaDid_UndoesThatAsWell(string one, string other)
    {
        Fault[] faults =
        [
            new(ShipmentActivities.BookShipment, FaultKind.Throw),
            new(NotificationActivities.NotifySuccess, FaultKind.Hang) { Attempt = 1 },
            new(CheckActivities.CheckFraud, FaultKind.Throw) { InstanceId = "early-recovery-1" },
        ];
        await using var host = await DurableTestHost.StartAsync(App(faults, OneAttemptThenPark));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Json("early", (one, 1, 1m), (other, 1, 1m)));
        await host.RunUntilIdleAsync();
        await host.Client.TerminateInstanceAsync("early");
        _ = await host.WaitForCompletionAsync("early");

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/early/recover"));
        _ = await host.WaitForCompletionAsync("early-recovery-1");
        var order = await shop.ViewAsync("early");

        Assert.Equal("ProcessOrder Checks ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed", string.Join(' ', order.Path));
        Assert.Equal("Credit Debit Release Reserve", string.Join(' ', order.Transactions));
        Assert.Equal("", Reserved(await shop.ReadAsync("/api/inventory")));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Recover_ChildrenOfTheStoppedSagaStillWait_DoNotUndoWhatTheNewOnesDid()
    {
        await using var host = await DurableTestHost.StartAsync(App(settings:
            [.. OneAttemptThenPark, ("Saga__FaultInjection", "true"), ("Saga__TransientFaults", "BookShipment:2")]));
        var shop = new LocationShop(host);
        await StopParkedAsync(host, shop, "orphans");

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/orphans/recover"));
        _ = await host.WaitForCompletionAsync("orphans-recovery-1");
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal("north:Booked south:Booked", (await shop.ViewAsync("orphans")).Shipments());
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Recover_ChildOfTheStoppedSagaIsOnItsWayBack_SendsTheOrderBack()
    {
        // What the child had under way comes late, while the new saga is between its children and its pivot.
        Fault[] faults =
        [
            new(ShipmentActivities.CancelShipment, FaultKind.Hang) { Attempt = 1, For = TimeSpan.FromSeconds(10) },
            new(NotificationActivities.NotifySuccess, FaultKind.Hang) { For = TimeSpan.FromMinutes(1) },
        ];
        await using var host = await DurableTestHost.StartAsync(App(
            faults, ("Saga__FaultInjection", "true"), ("Saga__TransientFaults", "BookShipment:1"), ("Saga__Retry__Attempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("half"));
        await host.RunUntilIdleAsync();
        await host.Client.TerminateInstanceAsync("half");
        _ = await host.WaitForCompletionAsync("half");

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/half/recover"));
        _ = await host.WaitForCompletionAsync("half-recovery-1");
        var order = await shop.ViewAsync("half");

        Assert.Equal("OrderFailed", order.Path[^1]);
        Assert.DoesNotContain("Booked", order.Shipments(), StringComparison.Ordinal);
        Assert.Equal("", Reserved(await shop.ReadAsync("/api/inventory")));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Retry_ChildrenThatWaitWhereThoseOfTheStoppedSagaDid_GoOn()
    {
        await using var host = await DurableTestHost.StartAsync(App(
            [new Fault(ShipmentActivities.BookShipment, FaultKind.Throw) { Attempt = 1 }], OneAttemptThenPark));
        var shop = new LocationShop(host);
        await StopParkedAsync(host, shop, "same-wait");
        _ = await shop.PostAsync("/api/orders/same-wait/recover");
        await host.RunUntilIdleAsync();

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/same-wait/retry"));
        await host.RunUntilIdleAsync();

        Assert.Equal("OrderSucceeded", (await shop.ViewAsync("same-wait")).Path[^1]);
    }

    [Fact]
    public async Task Retry_ChildOfARecoveredSagaThatHadWaitedBefore_WakesTheOneThatWaitsNow()
    {
        var bookingFails = new Fault(ShipmentActivities.BookShipment, FaultKind.Throw) { Attempt = 1 };
        await using var host = await DurableTestHost.StartAsync(App([bookingFails], ("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("twice"));
        await host.RunUntilIdleAsync();
        // The parent first: one that learns of its children's end goes backward, and may be through before it is stopped.
        var children = (await shop.ViewAsync("twice")).Saga.GetProperty("children");
        await host.Client.TerminateInstanceAsync("twice");
        _ = await host.WaitForCompletionAsync("twice");
        foreach (var child in children.EnumerateArray())
        {
            await host.Client.TerminateInstanceAsync(child.GetProperty("instanceId").GetString()!);
        }

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/twice/recover"));
        await host.RunUntilIdleAsync();

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/twice/retry"));
        _ = await host.WaitForCompletionAsync("twice-recovery-1");

        Assert.Equal("OrderSucceeded", (await shop.ViewAsync("twice")).Path[^1]);
        Assert.Equal(TimeSpan.Zero, host.Clock.Elapsed);
    }

    [Fact]
    public async Task Timeline_OfAnOrderFromTwoLocations_SaysWhereEachStepWas()
    {
        await using var host = await DurableTestHost.StartAsync(App());
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("told"));
        _ = await shop.EndOfAsync("told");

        var entries = (await shop.ReadAsync("/api/orders/told/timeline")).GetProperty("entries").EnumerateArray().ToList();

        Assert.Equal(
            ["BookShipment@north", "BookShipment@south", "ReserveInventory@north", "ReserveInventory@south"],
            entries.Where(entry => entry.GetProperty("kind").GetString() == "Step" && entry.TryGetProperty("location", out _))
                .Select(entry => $"{entry.GetProperty("name")}@{entry.GetProperty("location")}").Order(StringComparer.Ordinal));
    }

    private static async Task StopParkedAsync(DurableTestHost host, LocationShop shop, string orderId)
    {
        await shop.SubmitAsync(Order(orderId));
        await host.RunUntilIdleAsync();
        Assert.True((await shop.ViewAsync(orderId)).Saga.TryGetProperty("parked", out _));
        await host.Client.TerminateInstanceAsync(orderId);
        _ = await host.WaitForCompletionAsync(orderId);
    }
}
