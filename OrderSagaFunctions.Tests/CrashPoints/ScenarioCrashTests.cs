using Xunit.Abstractions;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>The seven published scenarios, crashed at every commit.</summary>
public sealed class ScenarioCrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("1", "ProcessOrder UpdateOrderStatus OrderFailed")]
    [InlineData("11", "ProcessOrder UpdateOrderStatus NotifyUpdateOrderFail OrderFailed")]
    [InlineData("2", "ProcessOrder Checks ProcessPayment ProcessRefund UpdateOrderStatus OrderFailed")]
    [InlineData("22", "ProcessOrder Checks ProcessPayment ProcessRefund NotifyProcessRefundFail OrderFailed")]
    [InlineData("3", "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed")]
    [InlineData("33", "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory NotifyReleaseInventoryFail OrderFailed")]
    [InlineData("4", "ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded")]
    public async Task Crash_AtAnyCommitOfAPublishedScenario_LeavesTheSameOutcomeAndRows(string scenario, string path)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scenarios", $"order-{scenario}.json"));

        var end = await output.LeadsToTheSameEndAsync(OrderRun.App, json, static run => run.SubmitAsync());

        Assert.Equal(path, end.Path);
        var (succeeded, failed) = path.EndsWith("OrderSucceeded", StringComparison.Ordinal) ? (1, 0) : (0, 1);
        Assert.Equal($"orders 1 running 0 stopped 0 succeeded {succeeded} failed {failed} cancelled 0 open 0", end.Counts);
    }
}
