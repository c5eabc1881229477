using EmbeddedHost.Testing;
using Microsoft.AspNetCore.Http;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.Fulfilment;
using OrderSagaFunctions.Tests.Notifications;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Orders;

/// <summary>What is in an order's rows is on its page, whatever the host still knows of its saga and whatever the settings are today.</summary>
public sealed class OrderStoryTests
{
    [Fact]
    public async Task Get_StoppedAfterTheDebitAndPurged_StillShowsWhatTheRowsSay()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:99@gone"));
        await shop.SendToReviewAsync("gone");
        _ = await shop.PostAsync("/api/orders/gone/review", """{"approved":true,"reviewer":"ada"}""");
        await shop.Host.RunUntilAsync(async () => (await shop.GetAsync("/api/orders/gone")).GetProperty("saga").TryGetProperty("parked", out _), "the park");
        await shop.TerminateAsync("gone");
        _ = await shop.PostAsync("/api/reconcile");
        var before = await shop.GetAsync("/api/orders/gone");
        Assert.Equal(1, (await shop.Host.Client.PurgeInstanceAsync("gone")).PurgedInstanceCount);

        var after = await shop.GetAsync("/api/orders/gone");

        var order = new ShownOrder(after);
        Assert.Equal(("Debit", "Terminated"), (string.Join(' ', order.Transactions), order.RuntimeStatus));
        Assert.Equal("stopped-1", Assert.Single(order.Incidents).GetProperty("id").GetString());
        foreach (var name in (string[])["review", "transactions", "decisions"])
        {
            Assert.Equal(before.GetProperty(name).GetRawText(), after.GetProperty(name).GetRawText());
        }

        var listed = Assert.Single((await shop.GetAsync("/api/orders")).GetProperty("orders").EnumerateArray());
        Assert.Equal(order.RuntimeStatus, listed.GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Get_StoppedInItsWait_WaitsForNobody()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:99@left"));
        await shop.ParkAsync("left");
        await shop.TerminateAsync("left");

        Assert.False((await shop.GetAsync("/api/orders/left")).GetProperty("saga").TryGetProperty("parked", out _));
    }

    [Fact]
    public async Task Get_DeliveryIncidentAndNoWebhookAnyMore_ShowsTheIncident()
    {
        var folder = Directory.CreateTempSubdirectory("order-saga-").FullName;
        try
        {
            await using (var notified = await NotifiedShop.StartAsync(options => options with { Folder = folder }))
            {
                notified.Receiver.Answer = static (_, _) => Task.FromResult(Results.StatusCode(StatusCodes.Status410Gone));
                await notified.SubmitAsync("untold");
                await notified.Host.RunUntilAsync(async () => (await notified.IncidentsAsync("untold")).Count > 0, "the incident");
            }

            await using var host = await DurableTestHost.StartAsync(OrderRun.App with { Folder = folder });
            var order = await new LocationShop(host).ViewAsync("untold");

            Assert.Equal("DeliverNotification", Assert.Single(order.Incidents).GetProperty("compensation").GetString());
            Assert.True(order.Saga.GetProperty("compensationIncomplete").GetBoolean());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Get_TakenUpInTheNextGeneration_StillShowsTheEarlierShipments()
    {
        Fault[] faults =
        [
            new(ShipmentActivities.BookShipment, FaultKind.ActThenFail) { InputContains = "\"south\"", Attempt = 1 },
            new(OrderActivities.ProcessOrder, FaultKind.Hang) { InstanceId = "split-recovery-1" },
        ];
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App(faults, ("Saga__Retry__Attempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(TwoLocations.Order("split"));
        var failed = await shop.EndOfAsync("split");

        _ = await shop.PostAsync("/api/orders/split/recover");
        await host.RunUntilIdleAsync();
        var taken = await shop.ViewAsync("split");
        var timeline = (await shop.ReadAsync("/api/orders/split/timeline")).GetProperty("entries").EnumerateArray();

        Assert.Equal(("north:Cancelled south:Cancelled", "split-recovery-1"), (failed.Shipments(), taken.Saga.GetProperty("instanceId").GetString()));
        Assert.Equal(failed.Shipments(), taken.Shipments());
        Assert.Equal(
            ["Booked north", "Booked south", "Cancelled north", "Cancelled south"],
            timeline.Where(static entry => entry.GetProperty("kind").GetString() == "Shipment")
                .Select(static entry => $"{entry.GetProperty("name")} {entry.GetProperty("location")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Recover_PurgedOnItsWayBack_GoesBackByWhatTheRowsSay()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App with
        {
            Faults =
            [
                new Fault(InventoryActivities.ReserveInventory, FaultKind.Throw) { InstanceId = "back" },
                new Fault(OrderActivities.UpdateOrderStatus, FaultKind.Hang) { InstanceId = "back" },
            ],
        });
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Plain("back"));
        await shop.UntilAsync("back", static order => order.Transactions.Count == 2 ? order : null);
        await host.RunUntilIdleAsync();
        await host.Client.TerminateInstanceAsync("back");
        _ = await host.WaitForCompletionAsync("back");
        _ = await host.Client.PurgeInstanceAsync("back");

        _ = await shop.PostAsync("/api/orders/back/recover");
        _ = await host.WaitForCompletionAsync("back-recovery-1");

        Assert.Equal(
            "ProcessOrder ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed", string.Join(' ', (await shop.ViewAsync("back")).Path));
    }
}
