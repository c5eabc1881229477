using OrderSagaFunctions.Audit;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Storage;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Audit;

/// <summary>Each rule, broken by a wrong row in one of several orders, is found with the right order named.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly AuditedShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Audit_OrdersOfEveryKind_CountsThemAndFindsNothing()
    {
        await _shop.SucceedAsync("good-1");
        await _shop.SucceedAsync("good-2");
        await _shop.FailAsync("bad-1");
        await _shop.FailAsync("bad-2", InventoryActivities.ReleaseInventory, PaymentActivities.ProcessRefund, OrderActivities.UpdateOrderStatus);
        _ = await _shop.DoAsync("running");

        var report = await _shop.AuditAsync();

        Assert.Empty(report.Findings);
        Assert.True(report.Clean);
        Assert.Equal((5, 2, 2, 1), (report.Orders, report.Succeeded, report.Failed, report.Running));
        Assert.Equal((3, 1, 0), (report.OpenIncidents, report.Items, report.ItemsInMotion));
    }

    [Fact]
    public async Task Audit_StockSetByHand_CountsAsPutIn()
    {
        await _shop.SucceedAsync("good");
        _ = await _shop.Catalog.SetAsync(AuditedShop.Item, 5, location: null, default);

        Assert.True((await _shop.AuditAsync()).Clean);
    }

    [Fact]
    public Task Audit_DebitTwice_NamesTheOrder() => FindsAsync(
        AuditRule.MoneyAddsUp,
        () => _shop.Tamper(Tables.Payments, "good", "debit-2", ("Type", "Debit"), ("AmountMinor", 9980L), ("Currency", "EUR")),
        "good");

    [Fact]
    public Task Audit_CreditOfAFailedOrderLost_NamesTheOrder() =>
        FindsAsync(AuditRule.MoneyAddsUp, () => _shop.Lose(Tables.Payments, "bad", "credit-1"), "bad");

    [Fact]
    public Task Audit_MoreRefundedThanTaken_IsFoundInSpiteOfAnIncident() => FindsAsync(
        AuditRule.MoneyAddsUp,
        () => _shop.Tamper(Tables.Payments, "left", "credit-1", ("Type", "Credit"), ("AmountMinor", 9981L), ("Currency", "EUR")),
        "left");

    [Fact]
    public Task Audit_StockOfAFailedOrderStillHeld_NamesTheOrderAndTheItem() => FindsAsync(
        AuditRule.StockIsHeldOrGivenBack,
        () => _shop.Tamper(Tables.Inventory, AuditedShop.Item, "order-bad-1", ("State", "Reserved")),
        "bad",
        AuditedShop.Item);

    [Fact]
    public Task Audit_ReservationOfAGoodOrderLost_NamesTheOrderAndTheItem() => FindsAsync(
        AuditRule.StockIsHeldOrGivenBack,
        () => _shop.Lose(Tables.Inventory, AuditedShop.Item, "order-good-1"),
        "good",
        AuditedShop.Item);

    [Fact]
    public Task Audit_FailedOrderStillNew_NamesTheOrder() => FindsAsync(
        AuditRule.StatusFitsOutcome, () => _shop.Tamper(Tables.Orders, "bad", OrderRows.OrderKey, ("Status", "New")), "bad");

    [Theory]
    [InlineData("bad", "Cancel")]
    [InlineData("bad", "Pivot")]
    [InlineData("good", "Cancel")]
    [InlineData("good", "Failed")]
    public Task Audit_GateThatSaysAnotherEnd_NamesTheOrder(string orderId, string holder) => FindsAsync(
        AuditRule.GateFitsOutcome,
        () => _shop.Tamper(SagaTables.Notifications, orderId, "gate-1", ("Holder", holder), ("At", DateTimeOffset.UnixEpoch)),
        orderId);

    [Fact]
    public Task Audit_DebitAfterItsCredit_NamesTheOrder() => FindsAsync(
        AuditRule.NothingAfterTombstone, () => _shop.Tamper(Tables.Payments, "bad", "debit-1", ("AmountMinor", 9980L)), "bad");

    [Fact]
    public Task Audit_CreditBesideATombstone_NamesTheOrder() => FindsAsync(
        AuditRule.NothingAfterTombstone, () => _shop.Tamper(Tables.Payments, "bad", "debit-1", ("Type", "Tombstone")), "bad");

    [Fact]
    public Task Audit_TombstoneThatHoldsStock_NamesTheOrderAndTheItem() => FindsAsync(
        AuditRule.NothingAfterTombstone,
        () => _shop.Tamper(Tables.Inventory, AuditedShop.Item, "order-bad-1", ("State", "Tombstone")),
        "bad",
        AuditedShop.Item);

    [Fact]
    public Task Audit_IncidentLost_NamesTheOrder() => FindsAsync(
        AuditRule.LeftoverHasOneIncident, () => _shop.Lose(SagaTables.Incidents, "left", "ProcessRefund-1"), "left");

    [Theory]
    [InlineData("left")]
    [InlineData("bad")]
    [InlineData("good")]
    public async Task Audit_IncidentTooMany_NamesTheOrder(string orderId)
    {
        await PrepareAsync();
        await _shop.OpenIncidentAsync(orderId, PaymentActivities.ProcessRefund, "another");

        AssertFound(await _shop.AuditAsync(), AuditRule.LeftoverHasOneIncident, orderId, itemId: null);
    }

    [Fact]
    public Task Audit_StockGivenBackAfterTheRefund_NamesTheOrderAndTheItem() => FindsAsync(
        AuditRule.CompensatedInReverse,
        () => _shop.Tamper(Tables.Inventory, AuditedShop.Item, "order-bad-1", ("State", "Released")),
        "bad",
        AuditedShop.Item);

    [Fact]
    public async Task Audit_SagaThatSaysItRefundedFirst_NamesTheOrder()
    {
        await PrepareAsync();
        _shop.Lose(Tables.Orders, "bad", "report-1");
        await _shop.EndAsync(
            await _shop.DoAsync("bad"), SagaOutcome.Failed, [], OrderActivities.ProcessOrder, PaymentActivities.ProcessPayment, InventoryActivities.ReserveInventory,
            PaymentActivities.ProcessRefund, InventoryActivities.ReleaseInventory, OrderActivities.UpdateOrderStatus);

        AssertFound(await _shop.AuditAsync(), AuditRule.CompensatedInReverse, "bad", itemId: null);
    }

    [Fact]
    public Task Audit_StockFromNowhere_NamesTheItem() => FindsAsync(
        AuditRule.StockAddsUp, () => _shop.Tamper(Tables.Inventory, AuditedShop.Item, "stock", ("OnHand", 1000L)), orderId: null, AuditedShop.Item);

    [Fact]
    public Task Audit_ReservationOfNobody_NamesTheItem() => FindsAsync(
        AuditRule.ReservationsAddUp,
        () => _shop.Tamper(Tables.Inventory, AuditedShop.Item, "order-nobody-1", ("State", "Reserved"), ("Quantity", 1L)),
        orderId: null,
        AuditedShop.Item);

    [Fact]
    public async Task Audit_EntryOfAnOpenOrderLost_NamesTheOrder()
    {
        await PrepareAsync();
        _ = await _shop.DoAsync("running");
        Assert.True((await _shop.AuditAsync()).Clean);

        _shop.Lose(SagaTables.Claims, OrderIndex.Saga, "running");

        AssertFound(await _shop.AuditAsync(), AuditRule.IndexAddsUp, "running", itemId: null);
    }

    [Fact]
    public Task Audit_CountOfAnEndLost_IsFound() => FindsAsync(
        AuditRule.IndexAddsUp, () => _shop.Lose(SagaTables.Claims, OrderIndex.Saga, "~ended.bad.1"), orderId: null);

    [Fact]
    public Task Audit_CountsChanged_IsFound() => FindsAsync(
        AuditRule.IndexAddsUp, () => _shop.Tamper(SagaTables.Claims, OrderIndex.Saga, "~counts", ("Succeeded", 1L)), orderId: null);

    [Fact]
    public Task Audit_EntryOfAnOrderThatEndedLongAgo_NamesTheOrder() => FindsAsync(
        AuditRule.IndexAddsUp,
        () =>
        {
            _shop.Tamper(SagaTables.Claims, OrderIndex.Saga, "bad", ("At", DateTimeOffset.UnixEpoch), ("IsBegun", true), ("Id", "another"));
            _shop.Tamper(Tables.Orders, "bad", "report-1", ("EndedAt", DateTimeOffset.UnixEpoch));
        },
        "bad");

    [Fact]
    public async Task Audit_EntryOfAnOrderThatHasJustEnded_IsNoFinding()
    {
        await PrepareAsync();
        _shop.Tamper(SagaTables.Claims, OrderIndex.Saga, "bad", ("At", DateTimeOffset.UnixEpoch), ("IsBegun", true), ("Id", "another"));

        Assert.True((await _shop.AuditAsync()).Clean);
    }

    private async Task FindsAsync(AuditRule rule, Action tamper, string? orderId, string? itemId = null)
    {
        await PrepareAsync();
        tamper();
        AssertFound(await _shop.AuditAsync(), rule, orderId, itemId);
    }

    private async Task PrepareAsync()
    {
        await _shop.SucceedAsync("good");
        await _shop.FailAsync("bad");
        await _shop.FailAsync("left", PaymentActivities.ProcessRefund);
        Assert.True((await _shop.AuditAsync()).Clean);
    }

    private static void AssertFound(AuditReport report, AuditRule rule, string? orderId, string? itemId)
    {
        Assert.False(report.Clean);
        Assert.Equal(report.Findings.Count, report.FindingCount);
        Assert.Contains(report.Findings, finding => (finding.Rule, finding.OrderId, finding.ItemId) == (rule, orderId, itemId));

        // Nothing is said of the other orders.
        Assert.All(report.Findings, finding => Assert.True(finding.OrderId is null || finding.OrderId == orderId, finding.ToString()));
    }
}
