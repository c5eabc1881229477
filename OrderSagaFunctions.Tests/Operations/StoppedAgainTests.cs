using System.Net;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>Sagas that are stopped from outside, taken up again, and not yet at their end.</summary>
public sealed class StoppedAgainTests
{
    [Fact]
    public async Task Reconcile_StoppedAgainBeforeItWasStored_OpensTheIncidentAgain()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ProcessOrder:99@twice"));
        await StopAsync();
        await shop.SubmitAsync(EndToEnd.Orders.Plain("twice"));
        await shop.Host.RunUntilIdleAsync();
        _ = await shop.PostAsync("/api/reconcile");
        var between = await CountAsync("Closed");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(1));

        await StopAsync();

        Assert.Equal((1, 1), (between, await CountAsync("Open")));

        async Task StopAsync()
        {
            await shop.ParkAsync("twice");
            await shop.TerminateAsync("twice");
            _ = await shop.PostAsync("/api/reconcile");
        }

        async Task<int> CountAsync(string status) => (await shop.GetAsync($"/api/incidents?status={status}")).GetProperty("incidents").GetArrayLength();
    }

    [Theory]
    [InlineData("ReserveInventory:99@left,ReleaseInventory:8@left")]
    [InlineData("ReserveInventory:4@left,ReleaseInventory:8@left")]
    public async Task Reconcile_RecoveredSagaHasDoneWhatTheStoppedOneLeft_ClosesItsIncident(string faults)
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnCompensationFailure", "Park"), ("Saga__TransientFaults", faults));
        await shop.ParkAsync("left");
        await shop.TerminateAsync("left");

        Assert.Equal(HttpStatusCode.Accepted, (await shop.PostAsync("/api/orders/left/recover")).Status);
        _ = await shop.Host.WaitForCompletionAsync("left-recovery-1");
        _ = await shop.PostAsync("/api/reconcile");

        var order = new ShownOrder(await shop.GetAsync("/api/orders/left"));
        var incident = Assert.Single(order.Incidents);
        Assert.Equal(
            ("OrderFailed", "ReleaseInventory-1", "Closed"),
            (order.Path[^1], incident.GetProperty("id").GetString(), incident.GetProperty("status").GetString()));
        Assert.True((await shop.GetAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Submit_PurgedSagaThatAnotherTookUp_DoesNotStartItBesideThat()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("taken");
        await shop.TerminateAsync("taken");
        _ = await shop.PostAsync("/api/orders/taken/recover");
        _ = await shop.Host.Client.PurgeInstanceAsync("taken");

        await shop.SubmitAsync(EndToEnd.Orders.Flagged("taken"));
        await shop.Host.RunUntilIdleAsync();

        Assert.Null(await shop.Host.Client.GetInstanceAsync("taken"));
    }
}
