using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderSagaFunctions.Tests.Deployment;
using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Demo;

/// <summary>What the demo offers, and that it is offered nowhere else. The kill itself is in <see cref="SupervisorTests"/>.</summary>
public sealed class DemoApiTests
{
    // By the scenario's name. A published scenario's is its prefix.
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["1"] = "ProcessOrder UpdateOrderStatus OrderFailed",
        ["11"] = "ProcessOrder UpdateOrderStatus NotifyUpdateOrderFail OrderFailed",
        ["2"] = "ProcessOrder Checks ProcessPayment ProcessRefund UpdateOrderStatus OrderFailed",
        ["22"] = "ProcessOrder Checks ProcessPayment ProcessRefund NotifyProcessRefundFail OrderFailed",
        ["3"] = "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed",
        ["33"] = "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory NotifyReleaseInventoryFail OrderFailed",
        ["success"] = "ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded",
        ["two-locations"] = "ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded",
        ["review"] = "ProcessOrder Checks Review",
    };

    [Fact]
    public async Task Get_EachScenario_CanBePostedAndShowsWhatItSays()
    {
        await using var shop = await Shop.OpenAsync([.. SampleSettings(), ("EmbeddedHost.Demo", "true")]);
        var demo = await shop.GetAsync("/api/demo");
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);

        foreach (var scenario in demo.GetProperty("scenarios").EnumerateArray())
        {
            var name = scenario.GetProperty("name").GetString()!;
            // A rest that would lead another way, if the prefix did not end before it.
            var orderId = scenario.GetProperty("orderIdPrefix").GetString() + "1-" + name;
            var order = JsonNode.Parse(scenario.GetProperty("order").GetRawText())!;
            order["order_id"] = orderId;
            await shop.SubmitAsync(order.ToJsonString());
            await shop.Host.RunUntilIdleAsync();
            var saga = (await shop.GetAsync("/api/orders/" + orderId)).GetProperty("saga");
            taken.Add(name, string.Join(' ', saga.GetProperty("path").EnumerateArray()));
            Assert.NotEmpty(scenario.GetProperty("title").GetString()!);
        }

        Assert.Equal(Paths, taken);
        Assert.Equal(2, (await shop.GetAsync("/api/orders/4-1-two-locations")).GetProperty("shipments").GetArrayLength());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Get_InTheDemo_CanCrashWhereASupervisorStartsItAgain(string supervised, bool canCrash)
    {
        await using var shop = await Shop.OpenAsync(("EmbeddedHost.Demo", "true"), ("EmbeddedHost.Supervised", supervised));

        var demo = await shop.GetAsync("/api/demo");

        Assert.True(demo.GetProperty("isDemo").GetBoolean());
        Assert.Equal(canCrash, demo.GetProperty("canCrash").GetBoolean());
    }

    [Fact]
    public async Task Get_OutsideTheDemo_OffersNothing()
    {
        await using var shop = await Shop.OpenAsync(("EmbeddedHost.Supervised", "true"));

        var demo = await shop.GetAsync("/api/demo");

        Assert.Equal("""{"isDemo":false,"canCrash":false,"scenarios":[]}""", demo.GetRawText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false, "--supervise")]
    public async Task Crash_NotADemo_IsRefusedAndTheProcessLives(bool isDemo, params string[] options)
    {
        await using var app = await AppProcess.StartAsync(demo: isDemo, options: options);

        using var refusal = await app.Orders.PostAsync("/api/demo/crash");
        var problem = JsonDocument.Parse(await refusal.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(HttpStatusCode.Conflict, refusal.StatusCode);
        Assert.Equal("urn:order-saga:not-a-demo", problem.GetProperty("type").GetString());
        Assert.Contains("--demo --supervise", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await app.StopAsync());
        Assert.DoesNotContain("starting it again", app.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Value)> SampleSettings()
    {
        using var sample = JsonDocument.Parse(Repository.Read("OrderSagaFunctions", "local.settings.sample.json"));
        return [.. sample.RootElement.GetProperty("Values").EnumerateObject().Select(static setting => (setting.Name, setting.Value.GetString()!))];
    }
}
