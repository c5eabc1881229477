using EmbeddedHost.Testing;
using OrderSagaFunctions.Payments;
using Xunit.Abstractions;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>Steps that are tried again, submissions that come twice, and orchestrators that are replayed at each turn, crashed at every commit.</summary>
public sealed class RetryCrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.ActThenFail)]
    public async Task Crash_AtAnyCommitOfAStepThatFailsTwice_LeavesTheSameOutcomeAndRows(FaultKind kind)
    {
        var options = OrderRun.App with
        {
            Faults = [new Fault(PaymentActivities.ProcessPayment, kind) { Attempt = 1 }, new Fault(PaymentActivities.ProcessPayment, kind) { Attempt = 2 }],
        };

        var end = await output.LeadsToTheSameEndAsync(options, EndToEnd.Orders.Plain("retry-crash"), static run => run.SubmitAsync());

        Assert.EndsWith("OrderSucceeded", end.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crash_AtAnyCommitOfTwoSubmissionsAtOnce_LeavesTheSameOutcomeAndRows()
    {
        var end = await output.LeadsToTheSameEndAsync(OrderRun.App, EndToEnd.Orders.Plain("twice-crash"), static run => run.SubmitTwiceAsync());

        Assert.EndsWith("OrderSucceeded", end.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cold-crash", "OrderSucceeded")]
    [InlineData("3-cold-crash", "OrderFailed")]
    public async Task Crash_AtAnyCommitWithNothingKeptInMemory_LeavesTheSameOutcomeAndRows(string orderId, string ending)
    {
        var options = OrderRun.App with { WarmOrchestrators = 0 };

        var end = await output.LeadsToTheSameEndAsync(options, EndToEnd.Orders.Plain(orderId), static run => run.SubmitAsync());

        Assert.EndsWith(ending, end.Path, StringComparison.Ordinal);
    }
}
