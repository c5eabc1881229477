using EmbeddedHost.Testing;
using Microsoft.DurableTask;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Tests.Fulfilment;
using Sagas;

namespace OrderSagaFunctions.Tests.Cancellation;

/// <summary>A start is queued on Azure, so that a cancel may come before the saga has entered any state.</summary>
public sealed class CancelBeforeTheFirstTurnTests
{
    [Fact]
    public async Task Run_GateFailsAtFirst_IsAskedAgainAndTheSagaCancelled()
    {
        await using var host = await DurableTestHost.StartAsync(TwoLocations.App([new Fault(SagaActivities.ConfirmCancel, FaultKind.Throw) { Attempt = 1 }]));
        var order = new Order("at-once", null, "customer-1", "EUR", null, [new OrderLine("plain-1", 1, null, 100)]);
        var input = new OrderSagaInput(order, new SagaOptions().ToSagaSettings(), Generation: 1, OrderVersions.Current);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(OrderSaga), input, new StartOrchestrationOptions("at-once", host.Clock.GetUtcNow().AddMinutes(1)));
        await host.Client.RaiseEventAsync("at-once", SagaRun.CancelEvent);

        var end = await host.WaitForCompletionAsync("at-once");

        Assert.Equal(SagaOutcome.Cancelled, end.ReadOutputAs<OrderSagaResult>()!.Outcome);
    }
}
