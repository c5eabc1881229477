using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Shipments;
using static OrderSagaFunctions.Tests.Fulfilment.TwoLocations;

namespace OrderSagaFunctions.Tests.Fulfilment;

/// <summary>A child that waits for an operator takes the same words as its order.</summary>
public sealed class ParkedChildTests
{
    private static readonly (string, string)[] Parking =
        [("Saga__OnStepExhausted", "Park"), ("Saga__OnCompensationFailure", "Park"), ("Saga__Retry__Attempts", "1"), ("Saga__Retry__CompensationAttempts", "1")];

    private static readonly Fault BookingFails = new(ShipmentActivities.BookShipment, FaultKind.Throw) { Attempt = 1 };

    [Fact]
    public async Task Retry_ChildrenThatWait_AllGoOn()
    {
        await using var host = await DurableTestHost.StartAsync(App([BookingFails], Parking));
        var shop = new LocationShop(host);
        await ParkAsync(host, shop, "retried");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        var parked = await shop.ReadAsync("/api/orders?parked=true");
        var stuck = await shop.ReadAsync("/api/orders/stuck?longerThan=PT30S");
        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/retried/retry"));
        var order = await shop.EndOfAsync("retried");

        Assert.Equal("retried", parked.GetProperty("orders")[0].GetProperty("orderId").GetString());
        Assert.Equal("Operator", stuck.GetProperty("sagas")[0].GetProperty("waitsFor").GetString());
        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.Equal("north:Booked south:Booked", order.Shipments());
        Assert.Equal(HttpStatusCode.Conflict, await shop.PostAsync("/api/orders/retried/retry"));
    }

    [Fact]
    public async Task Cancel_ChildrenThatWait_AllGoBackwardBeforeTheirOrder()
    {
        await using var host = await DurableTestHost.StartAsync(App([BookingFails], Parking));
        var shop = new LocationShop(host);
        await ParkAsync(host, shop, "cancelled");

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/cancelled/cancel"));
        var order = await shop.EndOfAsync("cancelled");

        Assert.Equal("OrderCancelled", order.Path[^1]);
        Assert.StartsWith("Cancelled: ", order.Child(North), StringComparison.Ordinal);
        Assert.StartsWith("Cancelled: ", order.Child(South), StringComparison.Ordinal);
        Assert.Equal("", Reserved(await shop.ReadAsync("/api/inventory")));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Park_NobodyDecidesInTime_CompensatesTheChildAndTheOrder()
    {
        await using var host = await DurableTestHost.StartAsync(App([BookingFails], [.. Parking, ("Saga__ParkTimeout", "01:00:00")]));
        var shop = new LocationShop(host);
        await ParkAsync(host, shop, "late");

        await host.AdvanceAsync(TimeSpan.FromHours(2));
        var order = await shop.EndOfAsync("late");

        Assert.Equal("OrderFailed", order.Path[^1]);
        Assert.Equal("", Reserved(await shop.ReadAsync("/api/inventory")));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Theory]
    [InlineData("retry", "north:Cancelled")]
    [InlineData("close", "north:Booked")]
    public async Task Incident_CompensationThatWaits_IsDealtWithInItsSaga(string word, string shipments)
    {
        var fault = new Fault(ShipmentActivities.CancelShipment, FaultKind.Throw) { Attempt = 1 };
        await using var host = await DurableTestHost.StartAsync(App([fault], Parking));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("undone", fromTheSouth: 11));
        var incident = await shop.UntilAsync("undone", order => order.Incidents.Select(one => one.GetProperty("id").GetString()).FirstOrDefault());

        var status = await shop.PostAsync($"/api/incidents/undone/{incident}/{word}", """{"by":"ada","reason":"called the carrier"}""");
        var order = await shop.EndOfAsync("undone");

        Assert.Equal("CancelShipment-north-1", incident);
        Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{status}");
        Assert.Equal("OrderFailed", order.Path[^1]);
        Assert.Equal(shipments, order.Shipments());
        Assert.All(order.Incidents, left => Assert.Equal("Closed", left.GetProperty("status").GetString()));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Incident_CompensationThatWaitsWhereItsParentWasStopped_StillTakesTheWord()
    {
        var fault = new Fault(ShipmentActivities.CancelShipment, FaultKind.Throw) { Attempt = 1 };
        await using var host = await DurableTestHost.StartAsync(App([fault], Parking));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(Order("alone", fromTheSouth: 11));
        await host.RunUntilIdleAsync();
        await host.Client.TerminateInstanceAsync("alone");
        _ = await host.WaitForCompletionAsync("alone");

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/incidents/alone/CancelShipment-north-1/retry"));
        await host.RunUntilIdleAsync();

        await foreach (var instance in host.Client.GetAllInstancesAsync())
        {
            Assert.True(instance.IsCompleted, $"{instance.Name} still waits.");
        }

        Assert.Equal("", Reserved(await shop.ReadAsync("/api/inventory")));
    }

    private static async Task ParkAsync(DurableTestHost host, LocationShop shop, string orderId)
    {
        await shop.SubmitAsync(Order(orderId));
        await host.RunUntilIdleAsync();
        var saga = (await shop.ViewAsync(orderId)).Saga;
        var parked = saga.GetProperty("parked");
        Assert.Equal(ShipmentActivities.BookShipment, parked.GetProperty("state").GetString());
        Assert.Equal(North, parked.GetProperty("scope").GetString());
        // Each child says of itself that it waits.
        Assert.Equal([North, South], saga.GetProperty("children").EnumerateArray().Select(static child => child.GetProperty("parked").GetProperty("scope").GetString()));
    }
}
