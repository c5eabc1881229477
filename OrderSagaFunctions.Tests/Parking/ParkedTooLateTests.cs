using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Tests.Fulfilment;
using Sagas;

namespace OrderSagaFunctions.Tests.Parking;

/// <summary>What is decided about a saga that does not wait yet, or not any more.</summary>
public sealed class ParkedTooLateTests
{
    [Theory]
    [InlineData("close", 1)]
    [InlineData("retry", 1)]
    [InlineData("retry", 30)]
    public async Task Incident_DealtWithBeforeItsSagaWaitsForThat_LetsTheSagaGoOn(string word, int hangs)
    {
        // A redrive that hangs is through with it after the saga has begun to wait, one that does not before.
        Fault[] faults =
        [
            new(PaymentActivities.ProcessRefund, FaultKind.Throw) { InstanceId = "early" },
            new(PaymentActivities.ProcessRefund, FaultKind.Hang) { For = TimeSpan.FromSeconds(hangs) },
            new(SagaActivities.Park, FaultKind.Hang) { For = TimeSpan.FromSeconds(10) },
        ];
        await using var host = await DurableTestHost.StartAsync(
            TwoLocations.App(faults, ("Saga__OnCompensationFailure", "Park"), ("Saga__Retry__CompensationAttempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Json("early", ("plain-1", 11, 1m)));
        _ = await shop.UntilAsync("early", static order => order.Incidents.Any() ? order : null);

        var status = await shop.PostAsync($"/api/incidents/early/ProcessRefund-1/{word}", """{"by":"ada","reason":"paid back by hand"}""");
        var order = await shop.EndOfAsync("early");

        Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{status}");
        Assert.Equal("OrderFailed", order.Path[^1]);
        Assert.Equal("Closed", Assert.Single(order.Incidents).GetProperty("status").GetString());
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Retry_OnlyTheStoppedSagaHadWaited_IsRefused()
    {
        Fault[] faults =
        [
            new(PaymentActivities.ProcessPayment, FaultKind.Throw) { InstanceId = "stale" },
            new(PaymentActivities.ProcessPayment, FaultKind.Hang),
        ];
        await using var host = await DurableTestHost.StartAsync(
            TwoLocations.App(faults, ("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Json("stale", ("plain-1", 1, 1m)));
        await host.RunUntilIdleAsync();
        await host.Client.TerminateInstanceAsync("stale");
        _ = await host.WaitForCompletionAsync("stale");
        _ = await shop.PostAsync("/api/orders/stale/recover");
        await host.RunUntilIdleAsync();

        Assert.Equal(HttpStatusCode.Conflict, await shop.PostAsync("/api/orders/stale/retry"));
        Assert.Empty((await shop.ReadAsync("/api/orders?parked=true")).GetProperty("orders").EnumerateArray());
        Assert.Equal(0, (await shop.ReadAsync("/api/orders/counts")).GetProperty("parked").GetInt32());
    }
}
