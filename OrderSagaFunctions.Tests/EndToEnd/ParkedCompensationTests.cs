using System.Net;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Under Park, a compensation that has failed for good waits for an operator before the earlier ones run.</summary>
public sealed class ParkedCompensationTests(ParkedCompensationTests.ParkingHost host) : IClassFixture<ParkedCompensationTests.ParkingHost>
{
    private const string Note = """{"by":"ada","reason":"counted by hand"}""";
    private readonly OrderClient _orders = host.App.Orders;

    [Fact]
    public async Task RetryIncident_ParkedCompensation_IsDoneInItsSaga()
    {
        await ParkAsync("3-park-compensation");

        using var answer = await _orders.PostAsync("/api/incidents/3-park-compensation/ReleaseInventory-1/retry", Note);
        var order = await _orders.EndOfAsync("3-park-compensation");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("Credit Debit Release Reserve", string.Join(' ', order.Transactions));
        Assert.Equal("Closed", Assert.Single(order.Incidents).GetProperty("status").GetString());
        Assert.False(order.Saga.GetProperty("compensationIncomplete").GetBoolean());
        await SagaDefinition.AllowsAsync(host.App, order.Path);
    }

    [Fact]
    public async Task CloseIncident_ParkedCompensation_LetsTheSagaGoOn()
    {
        await ParkAsync("33-park-close");

        using var unreasoned = await _orders.PostAsync("/api/incidents/33-park-close/ReleaseInventory-1/close", """{"by":"ada"}""");
        using var answer = await _orders.PostAsync("/api/incidents/33-park-close/ReleaseInventory-1/close", Note);
        var order = await _orders.EndOfAsync("33-park-close");

        Assert.Equal(HttpStatusCode.BadRequest, unreasoned.StatusCode);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.EndsWith("NotifyReleaseInventoryFail ProcessRefund UpdateOrderStatus OrderFailed", string.Join(' ', order.Path), StringComparison.Ordinal);
        Assert.Equal("ada", Assert.Single(order.Incidents).GetProperty("closedBy").GetString());
    }

    private async Task ParkAsync(string orderId)
    {
        _ = await _orders.SubmitAsync(Orders.Plain(orderId));
        var order = await _orders.UntilAsync(orderId, static order => order.Saga.TryGetProperty("parked", out _));
        Assert.Equal("ReleaseInventory", order.Saga.GetProperty("parked").GetProperty("state").GetString());
        Assert.Equal("Open", Assert.Single(order.Incidents).GetProperty("status").GetString());
    }

    /// <summary>The app with a compensation that fails as often as it is tried, once.</summary>
    public sealed class ParkingHost : IAsyncLifetime
    {
        private AppProcess? _app;

        public AppProcess App => _app!;

        public async Task InitializeAsync() => _app = await AppProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Saga__OnCompensationFailure"] = "Park",
            ["Saga__Retry__CompensationAttempts"] = "2",
            ["Saga__Retry__FirstInterval"] = "00:00:00.005",
            ["Saga__TransientFaults"] = "ReleaseInventory:2@3-park",
        });

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
