using System.Net;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Tests.Fulfilment;

namespace OrderSagaFunctions.Tests.Payments;

/// <summary>Sagas that are stopped while money is under way, of which nobody knows whether the provider has moved it.</summary>
public sealed class StoppedPaymentTests : IAsyncLifetime
{
    private const int Attempts = 4;

    private FakeProvider _provider = null!;

    public async Task InitializeAsync() => _provider = await FakeProvider.StartAsync();

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    [Fact]
    public async Task Recover_DebitThatNobodyHeardOfIsNotGivenBackYet_GivesItBack()
    {
        _ = _provider.Misbehave("debits", ProviderFault.CutAfterActing, Attempts).Misbehave("credits", ProviderFault.CutBeforeActing);

        await RecoverStoppedRefundAsync("unheard");
    }

    [Fact]
    public async Task Recover_RefundThatNobodyHeardOfIsMade_DoesNotGiveTheOrderAway()
    {
        _ = _provider.Misbehave("credits", ProviderFault.CutAfterActing);

        await RecoverStoppedRefundAsync(
            "given-away",
            new Fault(InventoryActivities.ReserveInventory, FaultKind.Throw) { InstanceId = "given-away" },
            new Fault(InventoryActivities.ReleaseInventory, FaultKind.Throw) { InstanceId = "given-away" });
    }

    [Fact]
    public async Task Reconcile_DebitThatNobodyHeardOf_DoesNotSayThatNothingIsHeld()
    {
        _ = _provider.Misbehave("debits", ProviderFault.CutAfterActing, Attempts);
        await using var host = await DurableTestHost.StartAsync(PaidOrder.AppWith(_provider));
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Plain("taken"));
        await host.RunUntilAsync(() => Task.FromResult(_provider.Calls("debits") == 1), "the debit");
        await host.Client.TerminateInstanceAsync("taken");
        _ = await host.WaitForCompletionAsync("taken");

        Assert.Equal(HttpStatusCode.OK, await shop.PostAsync("/api/reconcile"));

        var incident = Assert.Single((await shop.ViewAsync("taken")).Incidents);
        Assert.EndsWith("Held: perhaps 345.90 EUR.", incident.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task RecoverStoppedRefundAsync(string orderId, params Fault[] faults)
    {
        await using var host = await DurableTestHost.StartAsync(PaidOrder.AppWith(_provider) with { Faults = faults });
        var shop = new LocationShop(host);
        await shop.SubmitAsync(EndToEnd.Orders.Plain(orderId));
        await host.RunUntilAsync(() => Task.FromResult(_provider.Calls("credits") == 1), "the refund");
        await host.Client.TerminateInstanceAsync(orderId);
        _ = await host.WaitForCompletionAsync(orderId);

        Assert.Equal(HttpStatusCode.Accepted, await shop.PostAsync($"/api/orders/{orderId}/recover"));
        _ = await host.WaitForCompletionAsync($"{orderId}-recovery-1");
        _ = await shop.PostAsync("/api/reconcile");

        Assert.Equal(("OrderFailed", (1, 1)), ((await shop.ViewAsync(orderId)).Path[^1], _provider.Books.Movements));
        Assert.True((await shop.ReadAsync("/api/audit")).GetProperty("clean").GetBoolean());
    }
}
