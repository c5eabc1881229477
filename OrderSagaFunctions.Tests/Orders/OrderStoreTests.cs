using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Submissions;
using Sagas;

namespace OrderSagaFunctions.Tests.Orders;

public sealed class OrderStoreTests : IDisposable
{
    private static readonly Order Order = new(
        "order-1", new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero), "customer-1", "EUR", "DE", [new OrderLine("sku-100", 2, "Käse \"extra\"", 4990)]);

    private static readonly OrderToStore ToStore = new(Order, "order-1", 1);

    private readonly AppTables _tables = new();
    private readonly OrderStore _store;

    public OrderStoreTests() => _store = new OrderStore(_tables.Client, TimeProvider.System);

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task Find_SubmittedAndStored_TellsTheWholeOrder()
    {
        await SubmitAsync();
        Assert.Equal(OrderStatus.Received, (await FindAsync()).Status);

        await _store.StoreAsync(ToStore, plan: null, default);

        var found = await FindAsync();
        Assert.Equal(OrderStatus.New, found.Status);
        Assert.Equal(new Money(9980, "EUR"), found.Total);
        Assert.Equal(Order.OrderDate, found.OrderDate);
        Assert.Equal(Order.Lines, found.Lines);
    }

    [Fact]
    public async Task Find_UnknownOrIllegalId_FindsNothing()
    {
        Assert.Null(await _store.FindAsync("order-2", default));
        Assert.Null(await _store.FindAsync("a/b?c", default));
    }

    [Fact]
    public async Task Store_Repeated_IsDone()
    {
        Assert.Equal(new OrderStored(), await _store.StoreAsync(ToStore, plan: null, default));
        Assert.Equal(new OrderStored(), await _store.StoreAsync(ToStore, plan: null, default));
    }

    [Fact]
    public async Task SetPending_StoredOrder_SetsItBackAndRefusesALateStore()
    {
        await SubmitAsync();
        await _store.StoreAsync(ToStore, plan: null, default);

        Assert.Equal(StepResult.Done, await _store.SetPendingAsync(ToStore, default));
        Assert.Equal(StepResult.Done, await _store.SetPendingAsync(ToStore, default));

        Assert.Equal(OrderStatus.Pending, (await FindAsync()).Status);
        Assert.Equal("AlreadyCompensated", (await _store.StoreAsync(ToStore, plan: null, default)).Refusal!.Code);
    }

    [Fact]
    public async Task SetPending_NothingStored_LeavesTheOrderPendingAndRefusesALateStore()
    {
        await SubmitAsync();

        Assert.Equal(StepResult.Done, await _store.SetPendingAsync(ToStore, default));

        Assert.Equal(OrderStatus.Pending, (await FindAsync()).Status);
        Assert.Equal("AlreadyCompensated", (await _store.StoreAsync(ToStore, plan: null, default)).Refusal!.Code);
    }

    [Fact]
    public async Task SetPending_NextSagaHasStoredNothing_RefusesALateStoreOfThatAsWell()
    {
        var next = ToStore with { InstanceId = "order-1-recovery-1", Generation = 2 };
        await SubmitAsync();
        await _store.StoreAsync(ToStore, plan: null, default);
        await _store.SetPendingAsync(ToStore, default);

        Assert.Equal(StepResult.Done, await _store.SetPendingAsync(next, default));

        Assert.Equal("AlreadyCompensated", (await _store.StoreAsync(next, plan: null, default)).Refusal?.Code);
        Assert.Equal(OrderStatus.Pending, (await FindAsync()).Status);
    }

    [Fact]
    public async Task StoreReport_Twice_KeepsTheFirst()
    {
        await SubmitAsync();
        var first = new SagaReport(["ProcessOrder", "OrderSucceeded"], [], SagaOutcome.Succeeded, CompensationIncomplete: false, []);

        await _store.TryStoreReportAsync(new ReportToStore("order-1", 1, first), default);
        await _store.TryStoreReportAsync(new ReportToStore("order-1", 1, first with { Outcome = SagaOutcome.Failed }), default);

        var report = (await FindAsync()).Report!;
        Assert.Equal(SagaOutcome.Succeeded, report.Outcome);
        Assert.Equal(first.Path, report.Path);
    }

    private async Task SubmitAsync() => await new SubmissionStore(_tables.Client, _tables.Index, TimeProvider.System).ClaimAsync(new Submission(Order, "order-1", "hash"), default);

    private async Task<StoredOrder> FindAsync() => (await _store.FindAsync("order-1", default))!;
}
