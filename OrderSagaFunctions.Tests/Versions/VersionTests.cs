using System.Text.Json;
using EmbeddedHost.Testing;
using Microsoft.DurableTask;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Tests.Fulfilment;
using Sagas;

namespace OrderSagaFunctions.Tests.Versions;

/// <summary>An order ends on the road that it began on, also where a deployment comes in between.</summary>
public sealed class VersionTests : IDisposable
{
    private const string Road = "ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("versions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Deployment_WithOneStepMore_LetsSagasUnderWayEndOnTheirOwnRoad()
    {
        var paymentsFail = new Fault(PaymentActivities.ProcessPayment, FaultKind.Throw) { InstanceId = "retrying", Attempt = 1 };
        await using (var first = await DurableTestHost.StartAsync(App() with { Folder = _folder.FullName, Faults = [paymentsFail] }))
        {
            var shop = new LocationShop(first);
            await shop.SubmitAsync(EndToEnd.Orders.Flagged("reviewed"));
            await first.RunUntilIdleAsync();
            await shop.SubmitAsync(EndToEnd.Orders.Plain("retrying"));
            await first.RunUntilAsync(async () => (await shop.ViewAsync("retrying")).Path is [.., PaymentActivities.ProcessPayment], "the payment");
            Assert.False((await shop.ViewAsync("reviewed")).HasEnded);
            Assert.False((await shop.ViewAsync("retrying")).HasEnded);
        }

        await using var next = await DurableTestHost.StartAsync(
            App() with { Folder = _folder.FullName, FunctionTypes = [typeof(NextBuild)], Start = new DateTimeOffset(2030, 1, 1, 1, 0, 0, TimeSpan.Zero) });
        var later = new LocationShop(next);
        await later.PostAsync("/api/orders/reviewed/review", """{"approved":true,"reviewer":"ada"}""");
        await StartAsync(next, "begun-later", NextBuild.WithInsurance, "sku-100");

        Assert.Equal(Road.Replace("Checks", "Checks Review", StringComparison.Ordinal), string.Join(' ', (await later.EndOfAsync("reviewed")).Path));
        Assert.Equal(Road, string.Join(' ', (await later.EndOfAsync("retrying")).Path));
        Assert.Equal(
            Road.Replace("ProcessPayment", "ProcessPayment InsureOrder", StringComparison.Ordinal), string.Join(' ', await PathOfAsync(next, "begun-later")));
        Assert.True((await later.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Input_FromBeforeThereWereVersions_TakesTheFirstRoad()
    {
        var input = JsonSerializer.SerializeToNode(Input("old", OrderVersions.Current, "north-1", "south-1"), AppJson.TypeOf<OrderSagaInput>())!.AsObject();
        Assert.True(input.Remove("version"));
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App());

        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(OrderSaga), input, new StartOrchestrationOptions { InstanceId = "old" });
        await StartAsync(host, "new", OrderVersions.Current, "north-1", "south-1");

        Assert.Equal("OrderSucceeded", (await PathOfAsync(host, "old"))[^1]);
        Assert.Null((await StatusOfAsync(host, "old")).Children);
        Assert.Equal("OrderSucceeded", (await PathOfAsync(host, "new"))[^1]);
        Assert.Equal(2, (await StatusOfAsync(host, "new")).Children!.Count);
    }

    private static DurableTestHostOptions App() => TwoLocations.App(settings: ("Inventory__Seed", "sku-100=10,sku-200=10,sku-300=10"));

    private static OrderSagaInput Input(string orderId, int version, params string[] items) => new(
        new Order(orderId, null, "customer", "EUR", null, [.. items.Select(item => new OrderLine(item, 1, null, 100))]),
        new SagaOptions().ToSagaSettings(),
        Generation: 1,
        version);

    private static Task<string> StartAsync(DurableTestHost host, string orderId, int version, params string[] items) => host.Client.ScheduleNewOrchestrationInstanceAsync(
        nameof(OrderSaga), Input(orderId, version, items), new StartOrchestrationOptions { InstanceId = orderId });

    private static async Task<SagaReport> StatusOfAsync(DurableTestHost host, string instanceId) =>
        (await host.WaitForCompletionAsync(instanceId)).ReadCustomStatusAs<SagaReport>()!;

    private static async Task<IReadOnlyList<string>> PathOfAsync(DurableTestHost host, string instanceId) => (await StatusOfAsync(host, instanceId)).Path;
}
