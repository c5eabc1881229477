using System.Net;
using System.Text.Json;
using Microsoft.DurableTask;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>Sagas that are stopped from outside.</summary>
public sealed class ReconcileTests
{
    private const string Approval = """{"approved":true,"reviewer":"ada"}""";

    [Fact]
    public async Task Reconcile_NothingStopped_OpensNothing()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("good", "3-failed");
        await shop.SendToReviewAsync("in-review");

        Assert.Equal("""{"unended":1,"opened":0,"closed":0,"reported":0}""", await ReconcileAsync(shop));
    }

    [Fact]
    public async Task Reconcile_TerminatedHoldingMoney_OpensOneIncidentThatSaysSo()
    {
        await using var shop = await Shop.OpenAsync(("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:99@stop"));
        await shop.ParkAsync("stop");
        await shop.TerminateAsync("stop");

        var reports = (await ReconcileAsync(shop), await ReconcileAsync(shop));
        var order = new ShownOrder(await shop.GetAsync("/api/orders/stop"));
        var audit = await shop.GetAsync("/api/audit");

        Assert.Equal(("""{"unended":1,"opened":1,"closed":0,"reported":0}""", """{"unended":1,"opened":0,"closed":0,"reported":0}"""), reports);
        var incident = Assert.Single(order.Incidents);
        Assert.Equal("stopped-1", incident.GetProperty("id").GetString());
        Assert.Equal(
            "The saga stopped before its end: instance 'stop' is Terminated. Held: 345.90 EUR.", incident.GetProperty("error").GetString());
        Assert.True(order.Saga.GetProperty("compensationIncomplete").GetBoolean());
        Assert.Equal((0, 1, 1), (Number(audit, "running"), Number(audit, "stopped"), Number(audit, "openIncidents")));
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }

    [Fact]
    public async Task Reconcile_NobodyAsks_RunsByItselfEveryFiveMinutes()
    {
        await using var shop = await Shop.OpenAsync((OrderRun.ReconcileTimer, "false"));
        await shop.SendToReviewAsync("stop");
        await shop.TerminateAsync("stop");
        Assert.Empty(new ShownOrder(await shop.GetAsync("/api/orders/stop")).Incidents);

        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("stopped-1", Assert.Single(new ShownOrder(await shop.GetAsync("/api/orders/stop")).Incidents).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Reconcile_Purged_OpensAnIncident()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("purged");
        await shop.TerminateAsync("purged");
        Assert.Equal(1, (await shop.Host.Client.PurgeInstanceAsync("purged")).PurgedInstanceCount);

        _ = await ReconcileAsync(shop);

        var incident = (await shop.GetAsync("/api/incidents")).GetProperty("incidents")[0].GetProperty("incident");
        Assert.Equal(
            "The saga stopped before its end: instance 'purged' is gone. Held: nothing.", incident.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Recover_StoppedOrder_ClosesItsIncidentAndASecondStopOpensAnother()
    {
        await using var shop = await Shop.OpenAsync();
        await StopAsync(shop, "again");

        var (recovered, _) = await shop.PostAsync("/api/orders/again/recover", """{"by":"ada"}""");
        var closed = (await shop.GetAsync("/api/incidents?status=Closed")).GetProperty("incidents")[0].GetProperty("incident");
        await shop.Host.RunUntilIdleAsync();
        var running = await ReconcileAsync(shop);
        await shop.TerminateAsync("again-recovery-1");
        var stopped = await ReconcileAsync(shop);
        _ = await shop.PostAsync("/api/orders/again/recover");
        await shop.Host.RunUntilIdleAsync();
        _ = await shop.PostAsync("/api/orders/again/review", Approval);
        _ = await shop.Host.WaitForCompletionAsync("again-recovery-2");
        var audit = await shop.GetAsync("/api/audit");

        Assert.Equal(HttpStatusCode.Accepted, recovered);
        Assert.Equal(("stopped-1", "ada"), (closed.GetProperty("id").GetString(), closed.GetProperty("closedBy").GetString()));
        Assert.Equal(("""{"unended":1,"opened":0,"closed":0,"reported":0}""", """{"unended":1,"opened":1,"closed":0,"reported":0}"""), (running, stopped));
        Assert.Equal((1, 0, 0), (Number(audit, "succeeded"), Number(audit, "stopped"), Number(audit, "openIncidents")));
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }

    [Fact]
    public async Task Recover_StoppedOnItsWayBack_GoesBackToTheEndAndThenBeginsAnew()
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__OnCompensationFailure", "Park"), ("Saga__TransientFaults", "ReserveInventory:4@back,ProcessRefund:8@back"));
        await shop.ParkAsync("back");
        await shop.TerminateAsync("back");
        _ = await ReconcileAsync(shop);

        _ = await shop.PostAsync("/api/orders/back/recover");
        _ = await shop.Host.WaitForCompletionAsync("back-recovery-1");
        var undone = new ShownOrder(await shop.GetAsync("/api/orders/back"));
        _ = await shop.PostAsync("/api/incidents/back/ProcessRefund-1/retry");
        _ = await shop.Host.WaitForCompletionAsync("redrive-back-ProcessRefund-1");
        _ = await shop.PostAsync("/api/orders/back/recover");
        _ = await shop.Host.WaitForCompletionAsync("back-recovery-2");
        var audit = await shop.GetAsync("/api/audit");

        Assert.Equal(("OrderFailed", "Pending", "Credit Debit"), (undone.Path[^1], undone.Status, string.Join(' ', undone.Transactions)));
        Assert.Equal((1, 0), (Number(audit, "succeeded"), Number(audit, "openIncidents")));
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }

    [Fact]
    public async Task Reconcile_IncidentOfASagaThatGoesOn_IsClosed()
    {
        await using var shop = await Shop.OpenAsync();
        await StopAsync(shop, "goes-on");
        // As a recovery leaves it that was cut off before it had closed the incident.
        var input = (await shop.Host.Client.GetInstanceAsync("goes-on", getInputsAndOutputs: true))!.ReadInputAs<OrderSagaInput>();
        _ = await shop.Host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(OrderSaga), input, new StartOrchestrationOptions("goes-on"));
        await shop.Host.RunUntilIdleAsync();

        Assert.Equal("""{"unended":1,"opened":0,"closed":1,"reported":0}""", await ReconcileAsync(shop));
    }

    [Theory]
    [InlineData("""{"by":"ada","reason":"Nothing was held."}""")]
    [InlineData("""{"reason":"Nothing was held."}""")]
    public async Task CloseByHand_StoppedOrder_StaysClosed(string note)
    {
        await using var shop = await Shop.OpenAsync();
        await StopAsync(shop, "by-hand");

        var (status, _) = await shop.PostAsync("/api/incidents/by-hand/stopped-1/close", note);
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"unended":1,"opened":0,"closed":0,"reported":0}""", await ReconcileAsync(shop));
    }

    [Fact]
    public async Task RetryIncident_OfAStoppedSaga_Gets409()
    {
        await using var shop = await Shop.OpenAsync();
        await StopAsync(shop, "no-retry");

        var (status, problem) = await shop.PostAsync("/api/incidents/no-retry/stopped-1/retry");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("urn:order-saga:not-retriable", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Reconcile_OnlyTheReportIsMissing_WritesIt()
    {
        await using var shop = await Shop.OpenAsync(("Saga__Retry__CompensationAttempts", "1"), ("Saga__TransientFaults", "StoreReport:1@unwritten"));
        await shop.CompleteAsync("unwritten");

        var report = await ReconcileAsync(shop);

        Assert.Equal("""{"unended":1,"opened":0,"closed":0,"reported":1}""", report);
        Assert.Equal(1, Number(await shop.GetAsync("/api/audit"), "succeeded"));
    }

    private static async Task StopAsync(Shop shop, string orderId)
    {
        await shop.SendToReviewAsync(orderId);
        await shop.TerminateAsync(orderId);
        Assert.Equal("""{"unended":1,"opened":1,"closed":0,"reported":0}""", await ReconcileAsync(shop));
    }

    private static async Task<string> ReconcileAsync(Shop shop)
    {
        var (status, report) = await shop.PostAsync("/api/reconcile");
        Assert.Equal(HttpStatusCode.OK, status);
        return report.GetRawText();
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
