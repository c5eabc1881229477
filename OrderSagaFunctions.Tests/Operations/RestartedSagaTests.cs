using EmbeddedHost.Testing;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.Fulfilment;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>Sagas that somebody restarts through the management API.</summary>
public sealed class RestartedSagaTests
{
    [Fact]
    public async Task Restart_CommittedOrderOfWhichAStepFailsNow_UndoesNothing()
    {
        var faults = Enumerable.Range(2, 4).Select(static run => new Fault(InventoryActivities.ReserveInventory, FaultKind.Throw) { Attempt = run });
        await using var host = await DurableTestHost.StartAsync(OrderRun.App with { Faults = [.. faults] });
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Plain("kept"));
        _ = await shop.EndOfAsync("kept");

        _ = await host.Client.RestartAsync("kept");
        var end = await host.WaitForCompletionAsync("kept");
        var order = await shop.ViewAsync("kept");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(("New", "Debit Reserve", "OrderSucceeded"), (order.Status, string.Join(' ', order.Transactions), order.Path[^1]));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }
}
