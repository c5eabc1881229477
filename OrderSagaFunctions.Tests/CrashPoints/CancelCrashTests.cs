using EmbeddedHost.Testing;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Payments;
using Xunit.Abstractions;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>Cancels of an order that was stopped, and of one that is on its way back, crashed at every commit.</summary>
public sealed class CancelCrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Crash_AtAnyCommitOfACancelledStoppedOrder_LeavesTheSameOutcomeAndRows()
    {
        var options = OrderRun.App with
        {
            Faults = [new Fault(InventoryActivities.ReserveInventory, FaultKind.Throw) { InstanceId = "stopped" }],
            Settings = new Dictionary<string, string>(OrderRun.App.Settings, StringComparer.Ordinal) { ["Saga__OnStepExhausted"] = "Park" },
        };

        var end = await output.LeadsToTheSameEndAsync(options, EndToEnd.Orders.Plain("stopped"), static async run =>
        {
            await run.SubmitAsync();
            await run.StopAsync();
            await run.CancelAsync();
        });

        Assert.Equal("ProcessOrder ReleaseInventory ProcessRefund UpdateOrderStatus OrderCancelled", end.Path);
        Assert.Equal("SagaStopped", end.Incidents);
    }

    [Fact]
    public async Task Crash_AtAnyCommitOfAnOrderCancelledWhileItGoesBack_LeavesTheSameOutcomeAndRows()
    {
        var options = OrderRun.App with
        {
            Faults = [new Fault(PaymentActivities.ProcessRefund, FaultKind.Throw)],
            Settings = new Dictionary<string, string>(OrderRun.App.Settings, StringComparer.Ordinal)
            {
                ["Saga__OnCompensationFailure"] = "Park", ["Saga__Retry__CompensationAttempts"] = "1",
            },
        };

        var end = await output.LeadsToTheSameEndAsync(options, EndToEnd.Orders.Plain("3-back"), static async run =>
        {
            await run.SubmitAsync();
            await run.ParkAsync();
            await run.CancelAsync();
            await run.CloseAsync("ProcessRefund-1");
        });

        Assert.EndsWith("ProcessRefund NotifyProcessRefundFail UpdateOrderStatus OrderCancelled", end.Path, StringComparison.Ordinal);
    }
}
