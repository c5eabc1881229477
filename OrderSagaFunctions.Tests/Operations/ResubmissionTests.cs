using System.Net;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>An order is submitted again after its saga was stopped from outside.</summary>
public sealed class ResubmissionTests
{
    [Fact]
    public async Task Submit_SagaStoppedBeforeItStoredAnything_StartsAgain()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ProcessOrder:4@nothing"));
        await shop.ParkAsync("nothing-stored");
        await shop.TerminateAsync("nothing-stored");
        _ = await shop.PostAsync("/api/reconcile");

        var (refused, problem) = await shop.PostAsync("/api/orders/nothing-stored/recover");
        await shop.SubmitAsync(EndToEnd.Orders.Plain("nothing-stored"));
        _ = await shop.Host.WaitForCompletionAsync("nothing-stored");
        _ = await shop.PostAsync("/api/reconcile");

        Assert.Equal(HttpStatusCode.Conflict, refused);
        Assert.Contains("Submit it again", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var order = new ShownOrder(await shop.GetAsync("/api/orders/nothing-stored"));
        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.All(order.Incidents, static incident => Assert.Equal("Closed", incident.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Counts_SagaStartedAgainAfterItWasStopped_IsOneThatRuns()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ProcessOrder:8@runs"));
        await shop.ParkAsync("runs-again");
        await shop.TerminateAsync("runs-again");
        _ = await shop.PostAsync("/api/reconcile");
        await shop.SubmitAsync(EndToEnd.Orders.Plain("runs-again"));
        await shop.Host.RunUntilIdleAsync();
        _ = await shop.PostAsync("/api/reconcile");

        var (counts, audit) = (await shop.GetAsync("/api/orders/counts"), await shop.GetAsync("/api/audit"));

        Assert.Equal((1, 0), (counts.GetProperty("running").GetInt32(), counts.GetProperty("stopped").GetInt32()));
        Assert.Equal((1, 0), (audit.GetProperty("running").GetInt32(), audit.GetProperty("stopped").GetInt32()));
    }

    [Fact]
    public async Task Submit_SagaStoppedAfterItStoredTheOrder_ChangesNothing()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("stored");
        await shop.TerminateAsync("stored");

        await shop.SubmitAsync(EndToEnd.Orders.Flagged("stored"));
        await shop.Host.RunUntilIdleAsync();

        Assert.Equal("Terminated", new ShownOrder(await shop.GetAsync("/api/orders/stored")).RuntimeStatus);
    }
}
