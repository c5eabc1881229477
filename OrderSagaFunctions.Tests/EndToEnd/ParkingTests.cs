using System.Net;
using System.Text.Json;
using OrderSagaFunctions.Tests.EndToEnd.Engines;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Forward recovery: a saga whose step has failed for good waits for an operator.</summary>
public abstract class ParkingTests(AppProcess app)
{
    private const string Note = """{"by":"ada","reason":"the bank is back"}""";
    private readonly OrderClient _orders = app.Orders;

    [Fact]
    public async Task Retry_ParkedStep_GoesOnFromThere()
    {
        var parked = await ParkAsync("park-retry", "ReserveInventory");

        using var answer = await _orders.PostAsync("/api/orders/park-retry/retry", Note);
        var order = await _orders.EndOfAsync("park-retry");

        Assert.Contains("made to fail", parked.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded", string.Join(' ', order.Path));
        Assert.Equal("Debit Reserve", string.Join(' ', order.Transactions));
        Assert.False(order.Saga.TryGetProperty("parked", out _));
    }

    [Fact]
    public async Task Retry_Twice_SecondIsRefused()
    {
        _ = await ParkAsync("park-twice", "ReserveInventory");
        using var first = await _orders.PostAsync("/api/orders/park-twice/retry", Note);

        using var second = await _orders.PostAsync("/api/orders/park-twice/retry", "");

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("OrderSucceeded", (await _orders.EndOfAsync("park-twice")).Path[^1]);
    }

    [Fact]
    public async Task Cancel_ParkedStep_GoesBackward()
    {
        _ = await ParkAsync("park-cancel", "ReserveInventory");

        using var answer = await _orders.PostAsync("/api/orders/park-cancel/cancel", Note);
        var order = await _orders.EndOfAsync("park-cancel");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(
            "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderCancelled", string.Join(' ', order.Path));
        Assert.Equal("Completed", order.RuntimeStatus);
        Assert.Equal("Cancelled", order.Saga.GetProperty("outcome").GetString());
        await SagaDefinition.AllowsAsync(app, order.Path);
    }

    [Fact]
    public async Task Retry_OrderNotParked_Gets409AndUnknownOne404()
    {
        _ = await _orders.SubmitAsync(Orders.Plain("plain-not-parked"));
        _ = await _orders.EndOfAsync("plain-not-parked");

        using var plain = await _orders.PostAsync("/api/orders/plain-not-parked/retry", "");
        using var unknown = await _orders.PostAsync("/api/orders/park-nobody/retry", "");
        using var invalid = await _orders.PostAsync("/api/orders/plain-not-parked/retry", """{"by":7}""");

        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (plain.StatusCode, unknown.StatusCode, invalid.StatusCode));
    }

    protected static bool IsParked(ShownOrder order) => order.Saga.TryGetProperty("parked", out _);

    private async Task<JsonElement> ParkAsync(string orderId, string state)
    {
        _ = await _orders.SubmitAsync(Orders.Plain(orderId));
        var parked = (await _orders.UntilAsync(orderId, IsParked)).Saga.GetProperty("parked");
        Assert.Equal(state, parked.GetProperty("state").GetString());
        return parked;
    }
}

/// <summary>The app with a step that fails as often as it is tried, once.</summary>
public sealed class ParkingHost<TEngine>() : AppFixture<TEngine>(ParkingSettings.Of)
    where TEngine : IAppEngine;

/// <inheritdoc />
public sealed class EmbeddedParkingTests(ParkingHost<Embedded> host) : ParkingTests(host.App), IClassFixture<ParkingHost<Embedded>>
{
    [Fact]
    public async Task Park_HostKilled_DecisionAfterTheRestartCounts()
    {
        await using var app = await AppProcess.StartOnAsync(await Embedded.NewHubAsync(), ParkingSettings.Of);
        _ = await app.Orders.SubmitAsync(Orders.Plain("park-killed"));
        _ = await app.Orders.UntilAsync("park-killed", IsParked);

        await app.KillAsync();
        await app.StartAgainAsync();
        using var answer = await app.Orders.PostAsync("/api/orders/park-killed/cancel", "");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("OrderCancelled", (await app.Orders.EndOfAsync("park-killed")).Path[^1]);
    }

    [Fact]
    public async Task Park_NobodyDecidesInTime_GoesBackward()
    {
        await using var app = await AppProcess.StartOnAsync(await Embedded.NewHubAsync(), [.. ParkingSettings.Of, ("Saga__ParkTimeout", "00:00:01")]);
        _ = await app.Orders.SubmitAsync(Orders.Plain("park-late"));

        var order = await app.Orders.EndOfAsync("park-late");

        Assert.Equal("OrderFailed", order.Path[^1]);
        Assert.Equal("Pending", order.Status);
    }
}

/// <inheritdoc />
/// <remarks>A deadline that passes is the engine's timer, which its contract holds; a host that is killed: <see cref="TwoHostsTests"/>.</remarks>
public sealed class AzureStorageParkingTests(ParkingHost<AzureStorage> host) : ParkingTests(host.App), IClassFixture<ParkingHost<AzureStorage>>;

internal static class ParkingSettings
{
    public static readonly (string Name, string Value)[] Of =
    [
        ("Saga__OnStepExhausted", "Park"),
        ("Saga__Retry__Attempts", "2"),
        ("Saga__Retry__FirstInterval", "00:00:00.005"),
        ("Saga__TransientFaults", "ReserveInventory:2@park-,ReserveInventory:4@two-"),
    ];
}
