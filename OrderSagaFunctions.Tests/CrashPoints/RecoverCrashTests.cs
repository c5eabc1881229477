using EmbeddedHost.Testing;
using OrderSagaFunctions.Payments;
using Xunit.Abstractions;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>A failed order that is taken up again, crashed at every commit.</summary>
public sealed class RecoverCrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Crash_AtAnyCommitOfARecoveredOrder_LeavesTheSameOutcomeAndRows()
    {
        var options = OrderRun.App with
        {
            Faults = [new Fault(PaymentActivities.ProcessPayment, FaultKind.Throw) { InstanceId = "recover-crash" }],
        };

        var end = await output.LeadsToTheSameEndAsync(options, EndToEnd.Orders.Plain("recover-crash"), static async run =>
        {
            await run.SubmitAsync();
            await run.RecoverAsync();
        });

        Assert.EndsWith("OrderSucceeded", end.Path, StringComparison.Ordinal);
        Assert.Equal("orders 1 running 0 stopped 0 succeeded 1 failed 0 cancelled 0 open 0", end.Counts);
    }
}
