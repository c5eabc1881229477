using System.Net;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>What the operators' door shows and does.</summary>
public abstract class RecoveryTests(AppProcess app)
{
    [Fact]
    public async Task FailedOrder_InTheManagementApi_IsFailedWithHistory()
    {
        var accepted = await app.Orders.SubmitAsync(Orders.Plain("2-managed"));
        _ = await app.Orders.EndOfAsync("2-managed");
        var instance = "/runtime/webhooks/durabletask/instances/" + accepted.GetProperty("instanceId").GetString();

        var status = await app.Orders.ReadAsync(instance + "?showHistory=true&showHistoryOutput=true");
        var listed = await app.Orders.ReadAsync("/runtime/webhooks/durabletask/instances?runtimeStatus=Failed");
        using var purged = await app.Orders.DeleteAsync(instance);
        var order = await app.Orders.EndOfAsync("2-managed");

        Assert.Equal("Failed", status.GetProperty("runtimeStatus").GetString());
        Assert.Contains(status.GetProperty("historyEvents").EnumerateArray(), static e =>
            e.GetProperty("EventType").GetString() == "TaskFailed" && e.GetProperty("FunctionName").GetString() == "ProcessPayment");
        Assert.Contains(listed.EnumerateArray(), one => one.GetProperty("instanceId").GetString() == status.GetProperty("instanceId").GetString());
        Assert.All(listed.EnumerateArray(), static one => Assert.Equal("Failed", one.GetProperty("runtimeStatus").GetString()));
        Assert.Equal(HttpStatusCode.OK, purged.StatusCode);
        Assert.Equal("OrderFailed", order.Path[^1]);
    }

    [Fact]
    public async Task Terminate_RunningOrder_EndsIt()
    {
        var accepted = await app.Orders.SubmitAsync(Orders.Flagged("terminate-me"));
        var terminate = new Uri(accepted.GetProperty("terminatePostUri").GetString()!.Replace("{text}", "enough", StringComparison.Ordinal));

        using var answer = await app.Orders.PostAsync(terminate.PathAndQuery, "");
        var order = await app.Orders.EndOfAsync("terminate-me");
        using var again = await app.Orders.PostAsync(terminate.PathAndQuery, "");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("Terminated", order.RuntimeStatus);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
    }
}

/// <inheritdoc />
[Collection(AzureStorageHost.Name)]
public sealed class AzureStorageRecoveryTests(AzureStorageHost host) : RecoveryTests(host.App);

/// <summary>Retries and policies, which are the saga's own on every engine, and a stop.</summary>
/// <remarks>A stop on Azure Storage: <see cref="TwoHostsTests"/>.</remarks>
public sealed class EmbeddedRecoveryTests(WarmScenarioHost host) : RecoveryTests(host.App), IClassFixture<WarmScenarioHost>
{
    private static readonly Dictionary<string, string> Fast = new(StringComparer.Ordinal)
    {
        ["Saga__Retry__FirstInterval"] = "00:00:00.010",
        ["Saga__Retry__MaxInterval"] = "00:00:00.050",
    };

    [Fact]
    public async Task Step_FailsTwiceThenWorks_OrderSucceedsWithThreeAttempts()
    {
        await using var app = await AppProcess.StartAsync(With(("Saga__TransientFaults", "ProcessPayment:2")));
        _ = await app.Orders.SubmitAsync(Orders.Plain("retry-works"));

        var order = await app.Orders.EndOfAsync("retry-works");

        Assert.Equal("OrderSucceeded", order.Path[^1]);
        Assert.Equal(3, order.Step("ProcessPayment").GetProperty("attempts").GetInt32());
        Assert.Equal("Debit Reserve", string.Join(' ', order.Transactions));
    }

    [Fact]
    public async Task Step_NeverWorks_OrderIsUndoneAfterFourAttempts()
    {
        await using var app = await AppProcess.StartAsync(With(("Saga__TransientFaults", "ReserveInventory:99")));
        _ = await app.Orders.SubmitAsync(Orders.Plain("retry-never"));

        var order = await app.Orders.EndOfAsync("retry-never");

        Assert.Equal("OrderFailed", order.Path[^1]);
        Assert.Equal(4, order.Step("ReserveInventory").GetProperty("attempts").GetInt32());
        Assert.Equal("Pending", order.Status);
    }

    [Fact]
    public async Task Compensation_FailsUnderContinue_TheOthersRunAndAnIncidentStaysOpen()
    {
        await using var app = await AppProcess.StartAsync(With(("Saga__OnCompensationFailure", "Continue")));
        _ = await app.Orders.SubmitAsync(Orders.Plain("33-continue"));

        var order = await app.Orders.EndOfAsync("33-continue");

        Assert.Equal(
            "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory NotifyReleaseInventoryFail ProcessRefund UpdateOrderStatus OrderFailed",
            string.Join(' ', order.Path));
        Assert.True(order.Saga.GetProperty("compensationIncomplete").GetBoolean());
        _ = Assert.Single(order.Incidents);
    }

    [Fact]
    public async Task Stop_WhileOrdersRun_ExitsCleanlyAndTheNextStartFinishesThem()
    {
        await using var app = await AppProcess.StartAsync(With());
        var ids = Enumerable.Range(0, 20).Select(static i => $"stop-{i}").ToArray();
        _ = await Task.WhenAll(ids.Select(id => app.Orders.SubmitAsync(Orders.Plain(id))));

        var exitCode = await app.StopAsync();
        await app.StartAgainAsync();
        var orders = await Task.WhenAll(ids.Select(app.Orders.EndOfAsync));

        Assert.Equal(0, exitCode);
        Assert.All(orders, static order => Assert.Equal("OrderSucceeded", order.Path[^1]));
    }

    private static Dictionary<string, string> With(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(Fast, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return all;
    }
}
