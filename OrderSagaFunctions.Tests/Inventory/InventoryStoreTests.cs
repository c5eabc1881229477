using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Tests.Inventory;

public sealed class InventoryStoreTests : IAsyncLifetime
{
    private static readonly StockRequest Request = new("order-1", 1, [new StockLine("sku-100", 3), new StockLine("sku-200", 1)]);

    private readonly AppTables _tables = new();
    private readonly InventoryStore _store;
    private readonly StockCatalog _catalog;

    public InventoryStoreTests()
    {
        _store = NewStore();
        _catalog = new StockCatalog(_tables.Client);
    }

    public async Task InitializeAsync()
    {
        await _catalog.SetAsync("sku-100", 10, location: null, default);
        await _catalog.SetAsync("sku-200", 10, location: null, default);
    }

    public Task DisposeAsync()
    {
        _tables.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Reserve_Repeated_TakesStockOnce()
    {
        Assert.Equal(StepResult.Done, await _store.ReserveAsync(Request, default));
        Assert.Equal(StepResult.Done, await _store.ReserveAsync(Request, default));

        Assert.Equal([new StockView("sku-100", 7, 3, "main"), new StockView("sku-200", 9, 1, "main")], await _catalog.ListAsync(default));
    }

    [Fact]
    public async Task Reserve_RepeatedWhenTheStockIsGone_IsStillDone()
    {
        var all = Request with { Lines = [new StockLine("sku-100", 10)] };
        await _store.ReserveAsync(all, default);

        Assert.Equal(StepResult.Done, await _store.ReserveAsync(all, default));
    }

    [Fact]
    public async Task Reserve_TooLittleStock_IsRefusedNamingTheItem()
    {
        var result = await _store.ReserveAsync(Request with { Lines = [new StockLine("sku-200", 1), new StockLine("sku-100", 11)] }, default);

        Assert.Equal(new Refusal("OutOfStock", "Item 'sku-100': 11 asked for, 10 left."), result.Refusal);
    }

    [Fact]
    public async Task Reserve_UnknownItem_IsRefused()
    {
        var result = await _store.ReserveAsync(Request with { Lines = [new StockLine("sku-999", 1)] }, default);

        Assert.Equal("UnknownItem", result.Refusal!.Code);
    }

    [Fact]
    public async Task Release_AfterAPartialReservation_GivesBackWhatWasHeld()
    {
        var request = Request with { Lines = [new StockLine("sku-200", 4), new StockLine("sku-100", 11)] };
        await _store.ReserveAsync(request, default);

        await _store.ReleaseAsync(request, default);
        await _store.ReleaseAsync(request, default);

        Assert.Equal([new StockView("sku-100", 10, 0, "main"), new StockView("sku-200", 10, 0, "main")], await _catalog.ListAsync(default));
    }

    [Fact]
    public async Task Reserve_AfterItsRelease_IsRefused()
    {
        await _store.ReserveAsync(Request, default);
        await _store.ReleaseAsync(Request, default);

        Assert.Equal("AlreadyCompensated", (await _store.ReserveAsync(Request, default)).Refusal!.Code);
    }

    [Fact]
    public async Task Release_NothingReserved_SucceedsAndKeepsALateReservationOut()
    {
        Assert.Equal(StepResult.Done, await _store.ReleaseAsync(Request, default));

        Assert.Equal("AlreadyCompensated", (await _store.ReserveAsync(Request, default)).Refusal!.Code);
        Assert.Equal([new StockView("sku-100", 10, 0, "main"), new StockView("sku-200", 10, 0, "main")], await _catalog.ListAsync(default));
        Assert.Empty(await new InventoryReader(_tables.Client).ReadAsync(Request, default));
    }

    [Fact]
    public async Task Read_ReservedAndReleased_SumsTheLinesUpToOneTransactionEach()
    {
        await _store.ReserveAsync(Request, default);
        await _store.ReleaseAsync(Request, default);

        var transactions = (await new InventoryReader(_tables.Client).ReadAsync(Request, default)).ToList();

        Assert.Equal([TransactionType.Reserve, TransactionType.Release], transactions.Select(t => t.Type));
        Assert.All(transactions, t => Assert.Equal([new TransactionItem("sku-100", 3), new TransactionItem("sku-200", 1)], t.Items));
        Assert.Equal(EffectId.Of("order-1", "Release", 1).ToString(), transactions[1].TransactionId);
    }

    [Fact]
    public async Task Reserve_ManyOrdersForTheLastPieces_ExactlyThatManySucceed()
    {
        // Two stores are two processes: only the writes' conditions stand between them.
        InventoryStore[] stores = [_store, NewStore()];

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            stores[i % 2].ReserveAsync(new StockRequest($"order-{i}", 1, [new StockLine("sku-100", 1)]), default)));

        Assert.Equal(10, results.Count(result => result.Refusal is null));
        Assert.All(results.Where(result => result.Refusal is not null), result => Assert.Equal("OutOfStock", result.Refusal!.Code));
        Assert.Equal(new StockView("sku-100", 0, 10, "main"), (await _catalog.ListAsync(default))[0]);
    }

    [Fact]
    public async Task ReserveAndRelease_AtTheSameTime_NeverLeaveStockTaken()
    {
        var other = NewStore();
        await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(i =>
        {
            var request = new StockRequest($"race-{i}", 1, [new StockLine("sku-100", 1)]);
            return (Task[])[_store.ReserveAsync(request, default), other.ReleaseAsync(request, default)];
        }));

        Assert.Equal(new StockView("sku-100", 10, 0, "main"), (await _catalog.ListAsync(default))[0]);
    }

    [Fact]
    public async Task Set_WhileReserved_KeepsTheReservations()
    {
        await _store.ReserveAsync(Request, default);

        Assert.Equal(new StockView("sku-100", 50, 3, "main"), await _catalog.SetAsync("sku-100", 50, location: null, default));
    }

    private InventoryStore NewStore() => new(_tables.Client, new ItemQueues(), TimeProvider.System);
}
