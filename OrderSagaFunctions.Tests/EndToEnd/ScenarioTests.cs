namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The seven published scenarios, each posted as it is: the exact path, and the rows left behind.</summary>
public abstract class ScenarioTests(AppProcess app)
{
    [Theory]
    [InlineData("1", "Pending", "ProcessOrder UpdateOrderStatus OrderFailed", "")]
    [InlineData("11", "Pending", "ProcessOrder UpdateOrderStatus NotifyUpdateOrderFail OrderFailed", "")]
    [InlineData("2", "Pending", "ProcessOrder Checks ProcessPayment ProcessRefund UpdateOrderStatus OrderFailed", "Credit Debit")]
    [InlineData("22", "New", "ProcessOrder Checks ProcessPayment ProcessRefund NotifyProcessRefundFail OrderFailed", "Credit Debit")]
    [InlineData(
        "3", "Pending", "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed",
        "Credit Debit Release Reserve")]
    [InlineData(
        "33", "New", "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory NotifyReleaseInventoryFail OrderFailed",
        "Debit Release Reserve")]
    [InlineData("4", "New", "ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded", "Debit Reserve")]
    public async Task Post_PublishedScenario_TakesItsPathAndLeavesItsRows(string scenario, string status, string path, string transactions)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scenarios", $"order-{scenario}.json"));

        var accepted = await app.Orders.SubmitAsync(json);
        var order = await app.Orders.EndOfAsync(accepted.GetProperty("orderId").GetString()!);

        Assert.Equal(path, string.Join(' ', order.Path));
        Assert.Equal(transactions, string.Join(' ', order.Transactions));
        Assert.Equal(status, order.Status);
        Assert.Equal(path.EndsWith("OrderSucceeded", StringComparison.Ordinal) ? "Completed" : "Failed", order.RuntimeStatus);
        await SagaDefinition.AllowsAsync(app, order.Path);
    }
}

/// <inheritdoc />
public sealed class WarmScenarioTests(WarmScenarioHost host) : ScenarioTests(host.App), IClassFixture<WarmScenarioHost>;

/// <inheritdoc />
public sealed class ColdScenarioTests(ColdScenarioHost host) : ScenarioTests(host.App), IClassFixture<ColdScenarioHost>;

/// <inheritdoc />
[Collection(AzureStorageHost.Name)]
public sealed class AzureStorageScenarioTests(AzureStorageHost host) : ScenarioTests(host.App);
