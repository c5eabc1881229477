using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Storage;
using Sagas;

namespace OrderSagaFunctions.Tests.Payments;

public sealed class PaymentLedgerTests : IDisposable
{
    private static readonly PaymentRequest Request = new("order-1", 1, new Money(34590, "EUR"));

    private readonly AppTables _tables = new();
    private readonly PaymentLedger _ledger;

    public PaymentLedgerTests() => _ledger = new PaymentLedger(_tables.Client, TimeProvider.System);

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task Debit_Repeated_MovesMoneyOnce()
    {
        Assert.Equal(StepResult.Done, await _ledger.DebitAsync(Request, default));
        Assert.Equal(StepResult.Done, await _ledger.DebitAsync(Request, default));

        var debit = Assert.Single(await _ledger.ReadAsync("order-1", default));
        Assert.Equal(TransactionType.Debit, debit.Type);
        Assert.Equal((345.90m, "EUR"), (debit.Amount, debit.Currency));
        Assert.Equal(EffectId.Of("order-1", "Debit", 1).ToString(), debit.TransactionId);
    }

    [Fact]
    public async Task Credit_AfterDebitAndRepeated_GivesTheMoneyBackOnce()
    {
        await _ledger.DebitAsync(Request, default);
        await _ledger.CreditAsync(Request, default);
        await _ledger.CreditAsync(Request, default);

        var transactions = await _ledger.ReadAsync("order-1", default);
        Assert.Equal([(TransactionType.Credit, 345.90m), (TransactionType.Debit, 345.90m)], transactions.Select(t => (t.Type, t.Amount!.Value)));
    }

    [Fact]
    public async Task Debit_AfterItsCredit_IsRefused()
    {
        await _ledger.DebitAsync(Request, default);
        await _ledger.CreditAsync(Request, default);

        Assert.Equal("AlreadyCompensated", (await _ledger.DebitAsync(Request, default)).Refusal!.Code);
    }

    [Fact]
    public async Task Credit_NothingDebited_SucceedsAndKeepsALateDebitOut()
    {
        Assert.Equal(StepResult.Done, await _ledger.CreditAsync(Request, default));
        Assert.Equal(StepResult.Done, await _ledger.CreditAsync(Request, default));

        Assert.Equal("AlreadyCompensated", (await _ledger.DebitAsync(Request, default)).Refusal!.Code);
        Assert.Empty(await _ledger.ReadAsync("order-1", default));
    }

    [Fact]
    public async Task DebitAndCredit_AtTheSameTime_NeverLeaveMoneyTaken()
    {
        const int orders = 50;
        await Task.WhenAll(Enumerable.Range(0, orders).SelectMany(i =>
        {
            var request = Request with { OrderId = $"race-{i}" };
            return (Task[])[_ledger.DebitAsync(request, default), _ledger.CreditAsync(request, default)];
        }));

        for (var i = 0; i < orders; i++)
        {
            var transactions = await _ledger.ReadAsync($"race-{i}", default);
            Assert.Equal(0, transactions.Sum(t => t.Type == TransactionType.Debit ? t.Amount : -t.Amount));
        }
    }

    [Fact]
    public async Task Debit_NextGeneration_IsAMovementOfItsOwn()
    {
        await _ledger.DebitAsync(Request, default);
        await _ledger.CreditAsync(Request, default);

        Assert.Equal(StepResult.Done, await _ledger.DebitAsync(Request with { Generation = 2 }, default));
        Assert.Equal(3, _tables.Rows(Tables.Payments).Count);
    }
}
