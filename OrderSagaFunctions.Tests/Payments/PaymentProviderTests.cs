using System.Net;
using OrderSagaFunctions.Tests.CrashPoints;

namespace OrderSagaFunctions.Tests.Payments;

/// <summary>Whole orders whose payment provider misbehaves: its money and the ledger's add up in the end.</summary>
public sealed class PaymentProviderTests : IAsyncLifetime
{
    private const string Forward = "ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded";
    private const string Backward = "ProcessOrder Checks ProcessPayment ProcessRefund UpdateOrderStatus OrderFailed";
    private const int Attempts = 4;
    private const int CompensationAttempts = 8;

    private FakeProvider _provider = null!;

    public async Task InitializeAsync() => _provider = await FakeProvider.StartAsync();

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    [Theory]
    [InlineData(ProviderFault.FailBeforeActing, 2)]
    [InlineData(ProviderFault.FailAfterActing, 2)]
    [InlineData(ProviderFault.CutBeforeActing, 2)]
    [InlineData(ProviderFault.CutAfterActing, 2)]
    [InlineData(ProviderFault.Duplicate, 1)]
    [InlineData(ProviderFault.ActLate, 2)]
    [InlineData(ProviderFault.AnswerInProse, 2)]
    [InlineData(ProviderFault.AnswerByNumber, 2)]
    public async Task Debit_ProviderMisbehavesOnce_ChargesOnce(ProviderFault fault, int calls)
    {
        _ = _provider.Misbehave("debits", fault);
        await using var order = await PaidOrder.StartAsync(_provider, "charged");

        Assert.Equal(Forward, await order.RunAsync());
        await _provider.ActOnLateCallsAsync();

        Assert.Equal((1, 0), _provider.Books.Movements);
        Assert.Equal(calls, _provider.Calls("debits"));
        await order.AddsUpAsync(PaidOrder.Total);
    }

    [Theory]
    [InlineData(ProviderFault.FailBeforeActing, "")]
    [InlineData(ProviderFault.FailAfterActing, "Credit Debit")]
    [InlineData(ProviderFault.CutBeforeActing, "")]
    [InlineData(ProviderFault.CutAfterActing, "Credit Debit")]
    [InlineData(ProviderFault.ActLate, "")]
    [InlineData(ProviderFault.AnswerInProse, "")]
    public async Task Debit_NoAttemptIsHeardOf_IsUndoneWhateverHasBecomeOfIt(ProviderFault fault, string moved)
    {
        _ = _provider.Misbehave("debits", fault, Attempts);
        await using var order = await PaidOrder.StartAsync(_provider, "unheard");

        Assert.Equal(Backward, await order.RunAsync());
        await _provider.ActOnLateCallsAsync();

        Assert.Equal(moved, string.Join(' ', (await order.ViewAsync()).Transactions));
        await order.AddsUpAsync(0);
    }

    [Theory]
    [InlineData(ProviderFault.FailBeforeActing)]
    [InlineData(ProviderFault.FailAfterActing)]
    [InlineData(ProviderFault.CutBeforeActing)]
    [InlineData(ProviderFault.CutAfterActing)]
    [InlineData(ProviderFault.Duplicate)]
    [InlineData(ProviderFault.ActLate)]
    public async Task Credit_ProviderMisbehavesOnce_GivesBackOnce(ProviderFault fault)
    {
        _ = _provider.Misbehave("credits", fault);
        await using var order = await PaidOrder.StartAsync(_provider, "3-given-back");

        Assert.EndsWith("ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed", await order.RunAsync(), StringComparison.Ordinal);
        await _provider.ActOnLateCallsAsync();

        Assert.Equal((1, 1), _provider.Books.Movements);
        await order.AddsUpAsync(0);
    }

    [Theory]
    [InlineData("free", "OrderSucceeded")]
    [InlineData("3-free", "OrderFailed")]
    public async Task Order_ThatCostsNothing_AsksNoProviderAndMovesNoMoney(string orderId, string end)
    {
        await using var order = await PaidOrder.StartAsync(_provider, orderId, EndToEnd.Orders.Json(orderId, ("sku-100", 1, 0m), ("sku-200", 2, 0m)));

        Assert.EndsWith(end, await order.RunAsync(), StringComparison.Ordinal);

        Assert.Equal((0, 0), (_provider.Calls("debits"), _provider.Calls("credits")));
        var view = await order.ViewAsync();
        Assert.Equal("Succeeded", view.Step("ProcessPayment").GetProperty("outcome").GetString());
        Assert.DoesNotContain(view.Transactions, static type => type is "Debit" or "Credit");
        await order.AddsUpAsync(0);
    }

    [Fact]
    public async Task Debit_Refused_GoesBackwardAtOnceWithTheCodeAndWithoutTheProse()
    {
        _ = _provider.Misbehave("debits", ProviderFault.Refuse);
        await using var order = await PaidOrder.StartAsync(_provider, "refused");

        Assert.Equal(Backward, await order.RunAsync());

        Assert.Equal((1, (0, 0)), (_provider.Calls("debits"), _provider.Books.Movements));
        var step = (await order.ViewAsync()).Step("ProcessPayment");
        Assert.Equal("Refused", step.GetProperty("outcome").GetString());
        Assert.StartsWith("card_declined:", step.GetProperty("error").GetString(), StringComparison.Ordinal);
        await order.AddsUpAsync(0);
        Assert.DoesNotContain("4242", await order.TracesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debit_Fails_TellsHistoryAndLogNeitherTheKeyNorTheProse()
    {
        _ = _provider.Misbehave("debits", ProviderFault.FailAfterActing, Attempts);
        await using var order = await PaidOrder.StartAsync(_provider, "discreet");

        _ = await order.RunAsync();

        var traces = await order.TracesAsync();
        Assert.Contains("answered with 500", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("4242", traces, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeProvider.Key, traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credit_FailsForGoodAfterADebitThatNobodyHeardOf_StaysAnIncidentWhoseRetryGivesBack()
    {
        _ = _provider.Misbehave("debits", ProviderFault.CutAfterActing, Attempts).Misbehave("credits", ProviderFault.CutBeforeActing, CompensationAttempts);
        await using var order = await PaidOrder.StartAsync(_provider, "left");

        Assert.EndsWith("ProcessRefund NotifyProcessRefundFail UpdateOrderStatus OrderFailed", await order.RunAsync(), StringComparison.Ordinal);
        Assert.Equal(PaidOrder.Total, _provider.Books.Kept);
        Assert.Equal(HttpStatusCode.Conflict, await order.PostAsync("/api/orders/left/recover"));

        Assert.Equal(HttpStatusCode.Accepted, await order.PostAsync("/api/incidents/left/ProcessRefund-1/retry"));
        await order.UntilAsync(static view => view.Incidents[0].GetProperty("status").GetString() == "Closed");

        Assert.Equal("Credit Debit", string.Join(' ', (await order.ViewAsync()).Transactions));
        await order.AddsUpAsync(0);
    }

    [Fact]
    public async Task Credit_Refused_IsAnIncidentAtOnce()
    {
        _ = _provider.Misbehave("credits", ProviderFault.Refuse);
        await using var order = await PaidOrder.StartAsync(_provider, "3-credit-refused");

        Assert.Contains("ProcessRefund NotifyProcessRefundFail", await order.RunAsync(), StringComparison.Ordinal);

        var incident = Assert.Single((await order.ViewAsync()).Incidents);
        Assert.StartsWith("card_declined:", incident.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, _provider.Calls("credits"));
        await order.AddsUpAsync(PaidOrder.Total);
    }

    [Theory]
    [InlineData("crash", 1, 0)]
    [InlineData("2-crash", 1, 1)]
    public async Task Crash_AtAnyCommit_MovesTheMoneyOnce(string orderId, int debits, int credits)
    {
        _ = await EmbeddedHost.Testing.CrashPoints.ExploreAsync(
            PaidOrder.AppWith(_provider),
            async host =>
            {
                _provider.Forget();
                var run = new OrderRun(host, EndToEnd.Orders.Plain(orderId));
                await run.SubmitAsync();
                return (End: await run.EndAsync(), _provider.Books.Movements);
            },
            (point, expected, actual) =>
            {
                Assert.True(expected.End == actual.End, $"Crash {point}:{Environment.NewLine}expected {expected.End}{Environment.NewLine}found    {actual.End}");
                Assert.Equal((debits, credits), actual.Movements);
            });
    }
}
