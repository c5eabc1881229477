using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.Fulfilment;

namespace OrderSagaFunctions.Tests.Cancellation;

/// <summary>An order whose saga was stopped from outside can be sent back.</summary>
public sealed class CancelStoppedTests
{
    private const int Seeds = 20;
    private const string Id = "stopped";
    private const string Recovered = "stopped-recovery-1";
    private const string Note = """{"by":"ada","reason":"no longer wanted"}""";
    private const string Restart = $"/runtime/webhooks/durabletask/instances/{Id}/restart?restartWithNewInstanceId=false";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_StoppedAfterTheDebit_EndsCancelledWithNothingKept(bool isPurged)
    {
        await using var host = await DurableTestHost.StartAsync(App);
        var shop = new LocationShop(host);
        await StopAsync(host, shop);
        _ = await shop.PostAsync("/api/reconcile");
        if (isPurged)
        {
            Assert.Equal(1, (await host.Client.PurgeInstanceAsync(Id)).PurgedInstanceCount);
        }

        var answer = await shop.PostAsync($"/api/orders/{Id}/cancel", Note);
        _ = await host.WaitForCompletionAsync(Recovered);
        var order = await shop.ViewAsync(Id);

        Assert.Equal(HttpStatusCode.Accepted, answer);
        Assert.Equal("ProcessOrder ReleaseInventory ProcessRefund UpdateOrderStatus OrderCancelled", string.Join(' ', order.Path));
        Assert.Equal(("Pending", "Completed", "Credit Debit"), (order.Status, order.RuntimeStatus, string.Join(' ', order.Transactions)));
        var incident = Assert.Single(order.Incidents);
        Assert.Equal(("stopped-1", "Closed", "ada"), (Text(incident, "id"), Text(incident, "status"), Text(incident, "closedBy")));
        Assert.Equal(
            ["Cancelled ada no longer wanted", "Recovered ada no longer wanted"],
            order.Json.GetProperty("decisions").EnumerateArray().Where(static one => Text(one, "kind") is "Cancelled" or "Recovered")
                .Select(static one => $"{Text(one, "kind")} {Text(one, "by")} {Text(one, "detail")}").Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.Conflict, await shop.PostAsync($"/api/orders/{Id}/recover"));
        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync($"/api/orders/{Id}/cancel"));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Cancel_StoppedAfterThePivot_Gets409AndGoesForward()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App with { Faults = [new Fault(OrderActivities.StoreReport, FaultKind.Hang) { InstanceId = Id }] });
        var shop = new LocationShop(host);
        await StopAsync(host, shop);

        Assert.Equal(HttpStatusCode.Conflict, await shop.PostAsync($"/api/orders/{Id}/cancel"));
        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync($"/api/orders/{Id}/recover"));
        _ = await host.WaitForCompletionAsync(Recovered);

        Assert.Equal("OrderSucceeded", (await shop.ViewAsync(Id)).Path[^1]);
    }

    [Fact]
    public async Task Cancel_StoppedBeforeItStoredAnything_Gets409()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App with { Faults = [new Fault(OrderActivities.ProcessOrder, FaultKind.Hang)] });
        var shop = new LocationShop(host);
        await StopAsync(host, shop);

        Assert.Equal(HttpStatusCode.Conflict, await shop.PostAsync($"/api/orders/{Id}/cancel"));
    }

    [Fact]
    public async Task Cancel_StoppedWithChildrenThatWait_StopsThemAndUndoesTheirPart()
    {
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App(
            [new Fault(ShipmentActivities.BookShipment, FaultKind.Throw) { InputContains = "\"south\"" }], ("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1")));
        var shop = new LocationShop(host);
        await StopAsync(host, shop, TwoLocations.Order(Id));

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync($"/api/orders/{Id}/cancel", Note));
        _ = await host.WaitForCompletionAsync(Recovered);
        var order = await shop.ViewAsync(Id);

        Assert.Equal(("OrderCancelled", "north:Cancelled"), (order.Path[^1], order.Shipments()));
        Assert.Equal("", TwoLocations.Reserved(await shop.ReadAsync("/api/inventory")));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    /// <summary>Whatever happens beside it, in whatever order: a cancel that was granted comes true.</summary>
    [Theory]
    [InlineData($"/api/orders/{Id}/recover")]
    [InlineData($"/api/orders/{Id}/cancel")]
    [InlineData(Restart)]
    public async Task Cancel_RacedOnAStoppedOrder_IsKeptWhereItIsGranted(string beside)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            await using var host = await DurableTestHost.StartAsync(App with { Seed = seed });
            var shop = new LocationShop(host);
            await StopAsync(host, shop);
            // A restart a moment later would begin at the very time of the first one.
            await host.AdvanceAsync(TimeSpan.FromSeconds(1));

            var answers = await host.RunAsync(() => Task.WhenAll(shop.PostAsync($"/api/orders/{Id}/cancel", Note), shop.PostAsync(beside)));
            await host.RunUntilIdleAsync();
            await host.AdvanceAsync(TimeSpan.FromDays(2));
            var order = await shop.ViewAsync(Id);

            Assert.Equal(HttpStatusCode.Accepted, answers[0]);
            // A saga that was restarted gets a step further before it learns that it is cancelled.
            Assert.True((order.Path[^1], order.Status) == ("OrderCancelled", "Pending"), $"seed {seed}: {order}");
            Assert.Contains(string.Join(' ', order.Transactions), (string[])["Credit Debit", "Credit Debit Release Reserve"]);
            Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean(), $"seed {seed}");
        }
    }

    private static DurableTestHostOptions App => OrderRun.App with { Faults = [new Fault(InventoryActivities.ReserveInventory, FaultKind.Hang) { InstanceId = Id, Attempt = 1 }] };

    private static async Task StopAsync(DurableTestHost host, LocationShop shop, string? json = null)
    {
        await shop.SubmitAsync(json ?? EndToEnd.Orders.Plain(Id));
        await host.RunUntilIdleAsync();
        await host.Client.TerminateInstanceAsync(Id);
        _ = await host.WaitForCompletionAsync(Id);
    }

    private static string? Text(System.Text.Json.JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
