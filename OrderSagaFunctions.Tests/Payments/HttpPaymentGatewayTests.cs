using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using Sagas;

namespace OrderSagaFunctions.Tests.Payments;

public sealed class HttpPaymentGatewayTests : IAsyncLifetime
{
    private static readonly PaymentRequest Request = new("order-1", 1, new Money(34590, "EUR"));

    private readonly AppTables _tables = new();
    private FakeProvider _provider = null!;
    private ProviderClient _client = null!;
    private PaymentLedger _ledger = null!;
    private HttpPaymentGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.StartAsync();
        _client = ClientOf(FakeProvider.Key);
        _ledger = new PaymentLedger(_tables.Client, TimeProvider.System);
        _gateway = new HttpPaymentGateway(_client, _ledger);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _provider.DisposeAsync();
        _tables.Dispose();
    }

    [Fact]
    public async Task DebitAndCredit_Repeated_AskTheProviderOnce()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(StepResult.Done, await _gateway.DebitAsync(Request, default));
        }

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(StepResult.Done, await _gateway.CreditAsync(Request, default));
        }

        Assert.Equal((1, 1), (_provider.Calls("debits"), _provider.Calls("credits")));
        Assert.Equal(0, _provider.Books.Kept);
    }

    [Fact]
    public async Task Debit_AfterItsCredit_IsRefusedWithoutAskingTheProvider()
    {
        Assert.Equal(StepResult.Done, await _gateway.CreditAsync(Request, default));

        Assert.Equal("AlreadyCompensated", (await _gateway.DebitAsync(Request, default)).Refusal!.Code);
        Assert.Equal(0, _provider.Calls("debits"));
    }

    [Fact]
    public async Task Debit_UnderWayWhenItsCreditComes_IsRefusedByTheProvider()
    {
        _ = _provider.Misbehave("debits", ProviderFault.ActLate);
        using var attempt = new CancellationTokenSource();
        var debit = _gateway.DebitAsync(Request, attempt.Token);

        await _provider.LateCallAsync();
        await attempt.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => debit);
        Assert.Equal(StepResult.Done, await _gateway.CreditAsync(Request, default));
        await _provider.ActOnLateCallsAsync();

        Assert.Equal((0, 0), _provider.Books.Movements);
        Assert.Empty(await _ledger.ReadAsync(Request.OrderId, default));
    }

    [Fact]
    public async Task DebitAndCredit_AtTheSameTime_NeverLeaveMoneyTaken()
    {
        const int Orders = 50;
        await Task.WhenAll(Enumerable.Range(0, Orders).SelectMany(i =>
        {
            var request = Request with { OrderId = $"race-{i}" };
            return (Task[])[_gateway.DebitAsync(request, default), _gateway.CreditAsync(request, default)];
        }));

        Assert.Equal(0, _provider.Books.Kept);
        for (var i = 0; i < Orders; i++)
        {
            Assert.Equal(LedgerState.Undone, await _ledger.StateOfAsync($"race-{i}", 1, default));
        }
    }

    [Fact]
    public async Task Credit_ProviderKnowsNothingOfTheLedgersDebit_IsNoSuccess()
    {
        await _ledger.DebitAsync(Request, default);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _gateway.CreditAsync(Request, default));

        Assert.Contains("order-1", failure.Message, StringComparison.Ordinal);
        Assert.Equal(LedgerState.Debited, await _ledger.StateOfAsync(Request.OrderId, 1, default));
    }

    [Fact]
    public async Task Debit_WithAnotherKey_IsNoRefusalButAFailure()
    {
        using var client = ClientOf("Bearer wrong");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.DebitAsync(Request, default));

        Assert.Contains("answered with 401", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debit_ConnectionCut_NamesTheCallAndItsKey()
    {
        _ = _provider.Misbehave("debits", ProviderFault.CutAfterActing);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => _gateway.DebitAsync(Request, default));

        Assert.Contains($"POST {_provider.Address}/debits with key {Request.IdOf(TransactionType.Debit)} got no answer", failure.Message, StringComparison.Ordinal);
        Assert.Equal(LedgerState.Untouched, await _ledger.StateOfAsync(Request.OrderId, 1, default));
    }

    [Fact]
    public async Task Debit_NextGeneration_IsAMovementOfItsOwn()
    {
        await _gateway.DebitAsync(Request, default);
        await _gateway.CreditAsync(Request, default);
        await _gateway.DebitAsync(Request with { Generation = 2 }, default);

        Assert.Equal((2, 1), _provider.Books.Movements);
    }

    private ProviderClient ClientOf(string key) =>
        new(Options.Create(new PaymentOptions { BaseUrl = _provider.Address, KeyHeader = "Authorization", Key = key }));
}
