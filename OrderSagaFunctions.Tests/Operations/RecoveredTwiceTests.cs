using System.Net;
using EmbeddedHost.Testing;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using OrderSagaFunctions.Tests.Fulfilment;
using Sagas;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>Recoveries of which the host knows no instance: cut off before they started one, or purged since.</summary>
public sealed class RecoveredTwiceTests
{
    [Fact]
    public async Task Recover_RecoveryWasPurged_UndoesWhatThatHadDone()
    {
        Fault[] faults =
        [
            new(NotificationActivities.NotifySuccess, FaultKind.Hang) { InstanceId = "purged-recovery-1" },
            new(CheckActivities.CheckFraud, FaultKind.Throw) { InstanceId = "purged-recovery-1", Attempt = 2 },
        ];
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App(faults, ("Saga__Retry__Attempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Json("purged", ("plain-1", 11, 1m)));
        _ = await shop.EndOfAsync("purged");
        using var stock = new StringContent("""{"quantity": 20}""", System.Text.Encoding.UTF8, "application/json");
        using var put = await host.HttpClient.PutAsync(new Uri("/api/inventory/plain-1", UriKind.Relative), stock);
        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/purged/recover"));
        await host.RunUntilIdleAsync();
        await host.Client.TerminateInstanceAsync("purged-recovery-1");
        _ = await host.WaitForCompletionAsync("purged-recovery-1");
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("purged-recovery-1")).PurgedInstanceCount);
        await host.RunUntilAsync(async () => await host.Client.GetInstanceAsync("purged-recovery-1") is null, "the purge");

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/purged/recover"));
        _ = await host.WaitForCompletionAsync("purged-recovery-1");

        Assert.Equal("OrderFailed", (await shop.ViewAsync("purged")).Path[^1]);
        Assert.Equal("", TwoLocations.Reserved(await shop.ReadAsync("/api/inventory")));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Recover_EarlierCallWasCutOffBeforeItStoppedTheChildren_StopsThem()
    {
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App(
            [new Fault(ShipmentActivities.BookShipment, FaultKind.Throw) { Attempt = 1 }], ("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1")));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(TwoLocations.Order("cut-off"));
        await host.RunUntilIdleAsync();
        var children = (await shop.ViewAsync("cut-off")).Saga.GetProperty("children");
        await host.Client.TerminateInstanceAsync("cut-off");
        _ = await host.WaitForCompletionAsync("cut-off");
        Assert.True(await host.Services.GetRequiredService<OrderStore>().TryRecoverAsync("cut-off", new OrderRecovery(1, "cut-off-recovery-1", 1), new OperatorNote("ada", ""), default));

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync("/api/orders/cut-off/recover"));
        await host.RunUntilIdleAsync();

        foreach (var child in children.EnumerateArray())
        {
            var instance = await host.Client.GetInstanceAsync(child.GetProperty("instanceId").GetString()!);
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, instance!.RuntimeStatus);
        }
    }
}
