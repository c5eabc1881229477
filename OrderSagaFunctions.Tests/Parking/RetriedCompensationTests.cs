using EmbeddedHost.Testing;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Tests.Fulfilment;
using Sagas;

namespace OrderSagaFunctions.Tests.Parking;

/// <summary>A parked compensation that an operator has tried again.</summary>
public sealed class RetriedCompensationTests
{
    [Fact]
    public async Task Park_CannotBeWrittenDown_LeavesTheIncidentAndUndoesTheRest()
    {
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App(
            [new Fault(PaymentActivities.ProcessRefund, FaultKind.Throw), new Fault(SagaActivities.Park, FaultKind.ActThenFail)],
            ("Saga__OnCompensationFailure", "Park"), ("Saga__Retry__CompensationAttempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Json("unparked", ("plain-1", 11, 1m)));

        var order = await shop.EndOfAsync("unparked");

        Assert.EndsWith("ProcessRefund NotifyProcessRefundFail UpdateOrderStatus OrderFailed", string.Join(' ', order.Path), StringComparison.Ordinal);
        Assert.Equal("ProcessRefund-1", Assert.Single(order.Incidents).GetProperty("id").GetString());
        Assert.False(order.Saga.TryGetProperty("parked", out _));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Retry_CompensationFailsOnceMore_IsARoadOfTheGraph()
    {
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App(
            [new Fault(PaymentActivities.ProcessRefund, FaultKind.Throw)],
            ("Saga__OnCompensationFailure", "Park"), ("Saga__Retry__CompensationAttempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Json("stubborn", ("plain-1", 11, 1m)));

        foreach (var word in (string[])["retry", "retry", "close"])
        {
            await host.RunUntilIdleAsync();
            _ = await shop.PostAsync($"/api/incidents/stubborn/ProcessRefund-1/{word}", """{"by":"ada","reason":"paid back by hand"}""");
        }

        var order = await shop.EndOfAsync("stubborn");
        Assert.EndsWith(
            "ProcessRefund NotifyProcessRefundFail ProcessRefund UpdateOrderStatus OrderFailed", string.Join(' ', order.Path), StringComparison.Ordinal);
        var graph = SagaGraph.Of(OrderSteps.Definition);
        Assert.All(order.Path.Zip(order.Path.Skip(1)), step => Assert.True(graph.Allows(step.First, step.Second), $"{step}"));
    }
}
