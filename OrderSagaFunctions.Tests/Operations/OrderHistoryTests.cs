using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Storage;
using OrderSagaFunctions.Tests.Fulfilment;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>What the engine has recorded of an order, and which instances it has.</summary>
public sealed class OrderHistoryTests
{
    private static readonly (string, string)[] Parking = [("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1")];

    [Fact]
    public async Task Get_EndedOrder_TellsEachEventAndWhatItAnswers()
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ProcessPayment:1@done"));
        await shop.CompleteAsync("done");

        var history = await shop.GetAsync("/api/orders/done/history");

        Assert.Equal(("done", "done", "OrderSaga", "Completed"), (Text(history, "orderId"), Text(history, "instanceId"), Text(history, "name"), Text(history, "runtimeStatus")));
        Assert.Equal("OrderSucceeded", history.GetProperty("customStatus").GetProperty("path").EnumerateArray().Last().GetString());
        Assert.Equal(["done Saga 1 Completed - -"], Instances(history));
        var events = history.GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(static e => e.GetProperty("sequence").GetInt32()));
        Assert.Equal("ExecutionStarted OrderSaga", Show(events.First(static e => Text(e, "type") != "OrchestratorStarted")));
        Assert.Equal("ExecutionCompleted ", Show(events.Last(static e => Text(e, "type") != "OrchestratorCompleted")));
        Assert.Contains("TaskFailed ProcessPayment", events.Select(Show));
        Assert.Contains("TimerFired ", events.Select(Show));
        // Each answer names an action that came before it, and bears its name.
        var answers = events.Where(static e => e.TryGetProperty("scheduledId", out _)).ToList();
        Assert.True(answers.Count > 9, $"{answers.Count} answers");
        Assert.All(answers, answer =>
        {
            var asked = events.Single(e => e.TryGetProperty("eventId", out var id) && id.GetInt32() == answer.GetProperty("scheduledId").GetInt32());
            Assert.True(asked.GetProperty("sequence").GetInt32() < answer.GetProperty("sequence").GetInt32());
            Assert.Equal(Text(asked, "name"), Text(answer, "name"));
        });
        Assert.Equal(
            events.Single(static e => Text(e, "type") == "TimerCreated").GetProperty("fireAt").GetDateTimeOffset(),
            events.Single(static e => Text(e, "type") == "TimerFired").GetProperty("fireAt").GetDateTimeOffset());
        Assert.DoesNotContain(events, static e => e.TryGetProperty("input", out _) || e.TryGetProperty("output", out _));
        Assert.False(history.TryGetProperty("eventsMissing", out _) || history.TryGetProperty("parent", out _) || history.TryGetProperty("scope", out _));
    }

    [Fact]
    public async Task Get_PayloadsAskedFor_AreJson()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("done");
        await shop.Host.Client.RaiseEventAsync("done", "ReviewDecision", new { approved = "perhaps" });
        await shop.Host.RunUntilIdleAsync();

        var events = (await shop.GetAsync("/api/orders/done/history?payloads=true")).GetProperty("events").EnumerateArray().ToList();

        Assert.Equal("done", Only(events, "ExecutionStarted OrderSaga").GetProperty("input").GetProperty("order").GetProperty("orderId").GetString());
        Assert.Equal("customer-7f21", Only(events, "TaskScheduled CheckFraud").GetProperty("input").GetProperty("customerId").GetString());
        Assert.Equal(JsonValueKind.Object, Only(events, "TaskCompleted ProcessOrder").GetProperty("output").ValueKind);
        Assert.Equal("perhaps", Only(events, "EventRaised ReviewDecision").GetProperty("input").GetProperty("approved").GetString());
    }

    [Fact]
    public async Task Get_RunningChildren_AreListedAndTellTheirStory()
    {
        await using var host = await DurableTestHost.StartAsync(
            TwoLocations.App([new Fault(ShipmentActivities.BookShipment, FaultKind.Throw) { Attempt = 1 }], Parking));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(TwoLocations.Order("split"));
        await host.RunUntilIdleAsync();

        var history = await shop.ReadAsync("/api/orders/split/history");
        var children = history.GetProperty("instances").EnumerateArray().Where(static instance => Text(instance, "kind") == "Child").ToList();
        var child = await shop.ReadAsync($"/api/orders/split/history?instance={Text(children[0], "instanceId")}");

        Assert.Equal(["split Saga 1 Running - -"], Instances(history).Take(1));
        Assert.Equal(["north 1 Running split", "south 1 Running split"], children.Select(static one => $"{Text(one, "scope")} {one.GetProperty("generation")} {Text(one, "runtimeStatus")} {Text(one, "parent")}"));
        Assert.Equal(
            children.Select(static one => Text(one, "instanceId")),
            history.GetProperty("events").EnumerateArray().Where(static e => Text(e, "type") == "SubOrchestrationInstanceCreated").Select(static e => Text(e, "instanceId")));
        Assert.Equal(("split", "FulfilmentSaga", "Running", "split", "north"), (Text(child, "orderId"), Text(child, "name"), Text(child, "runtimeStatus"), Text(child, "parent"), Text(child, "scope")));
        Assert.Equal(["ReserveInventory", "BookShipment"], child.GetProperty("customStatus").GetProperty("path").EnumerateArray().Select(static state => state.GetString()));
        Assert.Equal(Instances(history), Instances(child));
        Assert.Contains("TaskFailed BookShipment", child.GetProperty("events").EnumerateArray().Select(Show));
    }

    [Fact]
    public async Task Get_ChildrenThatAreUndone_AreListedWithTheirScope()
    {
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App());
        var shop = new LocationShop(host);
        await shop.SubmitAsync(TwoLocations.Order("split", fromTheSouth: 11));
        _ = await shop.EndOfAsync("split");

        var history = await shop.ReadAsync("/api/orders/split/history");
        var undone = await shop.ReadAsync($"/api/orders/split/history?instance={Text(history.GetProperty("instances").EnumerateArray().Last(), "instanceId")}");

        Assert.Equal(["- Failed", "north Completed", "south Completed", "north Completed"], history.GetProperty("instances").EnumerateArray().Select(static one => $"{Text(one, "scope") ?? "-"} {Text(one, "runtimeStatus")}"));
        Assert.Equal(("CompensateChild", "north"), (Text(undone, "name"), Text(undone, "scope")));
        Assert.Equal(
            ["CancelShipment Succeeded", "ReleaseInventory Succeeded"],
            undone.GetProperty("customStatus").GetProperty("steps").EnumerateArray().Select(static step => $"{Text(step, "name")} {Text(step, "outcome")}"));
        var answers = history.GetProperty("events").EnumerateArray().Where(static e => Text(e, "type") == "SubOrchestrationInstanceCompleted").ToList();
        Assert.All(answers, static answer => Assert.NotNull(Text(answer, "instanceId")));
        Assert.Equal(3, answers.Count);
    }

    [Fact]
    public async Task Get_RecoveredOrder_ListsEachSaga()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("2-again");
        _ = await shop.PostAsync("/api/orders/2-again/recover");
        _ = await shop.Host.WaitForCompletionAsync("2-again-recovery-1");

        var latest = await shop.GetAsync("/api/orders/2-again/history");
        var first = await shop.GetAsync("/api/orders/2-again/history?instance=2-again");

        Assert.Equal(["2-again Saga 1 Failed - -", "2-again-recovery-1 Saga 2 Failed - -"], Instances(latest));
        Assert.Equal(("2-again-recovery-1", "2-again"), (Text(latest, "instanceId"), Text(first, "instanceId")));
        Assert.NotEqual(latest.GetProperty("events").GetRawText(), first.GetProperty("events").GetRawText());
    }

    [Fact]
    public async Task Get_FailedStep_TellsTheErrorWithoutItsTrace()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("2-failed");

        var history = await shop.GetAsync("/api/orders/2-failed/history?payloads=true");
        var events = history.GetProperty("events").EnumerateArray().ToList();

        var error = Only(events, "TaskFailed ProcessPayment").GetProperty("error");
        Assert.Equal(("Sagas.NotRetriableException", "ErrProcessPayment"), (Text(error, "type"), Text(error, "message")));
        Assert.Contains("failed", Text(events.Single(static e => Text(e, "type") == "ExecutionCompleted").GetProperty("error"), "message"), StringComparison.Ordinal);
        Assert.DoesNotContain(" at OrderSaga", history.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("stackTrace", history.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Get_PurgedInstance_SaysThatItIsGone()
    {
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App());
        var shop = new LocationShop(host);
        await shop.SubmitAsync(TwoLocations.Order("split"));
        _ = await shop.EndOfAsync("split");
        _ = await host.Client.PurgeInstanceAsync("split", new Microsoft.DurableTask.Client.PurgeInstanceOptions(Recursive: true));

        var history = await shop.ReadAsync("/api/orders/split/history");

        Assert.Equal("Completed", Text(history, "runtimeStatus"));
        Assert.Equal(["- Completed", "north Completed", "south Completed"], history.GetProperty("instances").EnumerateArray().Select(static one => $"{Text(one, "scope") ?? "-"} {Text(one, "runtimeStatus")}"));
        Assert.Equal("OrderSucceeded", history.GetProperty("customStatus").GetProperty("path").EnumerateArray().Last().GetString());
        Assert.Empty(history.GetProperty("events").EnumerateArray());
        Assert.Equal("The host knows no instance 'split': it was purged, or has not begun.", Text(history, "eventsMissing"));
    }

    [Fact]
    public async Task Get_OrderWhoseOwnRowIsDamaged_NamesIt()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CompleteAsync("bad");
        var orders = shop.Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Orders);
        await shop.Host.RunAsync(() => orders.UpsertEntityAsync(new TableEntity("bad", "report-1") { ["Report"] = "[" }));

        var (status, problem) = await shop.SendAsync(HttpMethod.Get, "/api/orders/bad/history");

        Assert.Equal((HttpStatusCode.InternalServerError, "urn:order-saga:unreadable-row"), (status, Text(problem, "type")));
        Assert.Contains("report-1", Text(problem, "detail"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Instances(JsonElement history) => history.GetProperty("instances").EnumerateArray().Select(static one =>
        $"{Text(one, "instanceId")} {Text(one, "kind")} {one.GetProperty("generation")} {Text(one, "runtimeStatus")} {Text(one, "scope") ?? "-"} {Text(one, "parent") ?? "-"}");

    private static JsonElement Only(IEnumerable<JsonElement> events, string shown) => Assert.Single(events, e => Show(e) == shown);

    private static string Show(JsonElement e) => $"{Text(e, "type")} {Text(e, "name")}";

    private static string? Text(JsonElement json, string property) => json.TryGetProperty(property, out var value) ? value.GetString() : null;
}
