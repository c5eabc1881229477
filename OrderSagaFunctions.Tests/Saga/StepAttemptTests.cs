using OrderSagaFunctions.Demo;
using Sagas;

namespace OrderSagaFunctions.Tests.Saga;

public sealed class StepAttemptTests
{
    [Fact]
    public async Task Run_ActIgnoresItsToken_IsGivenUpInTime()
    {
        var attempt = Attempts.Under(new SagaOptions { AttemptTimeout = TimeSpan.FromMilliseconds(20) });
        var never = new TaskCompletionSource<StepResult>();

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => attempt.RunAsync("ProcessPayment", "order-1", _ => never.Task, default));

        Assert.Contains("ProcessPayment of order-1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StepHasALimitOfItsOwn_UsesIt()
    {
        var options = new SagaOptions { Steps = { ["ProcessPayment"] = new SagaStepOptions { AttemptTimeout = TimeSpan.FromMilliseconds(20) } } };

        await Assert.ThrowsAsync<TimeoutException>(() => Attempts.Under(options).RunAsync(
            "ProcessPayment", "order-1", _ => new TaskCompletionSource<StepResult>().Task, default));
    }

    [Fact]
    public async Task Run_HostStops_IsCancelledAndNotTimedOut()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Attempts.Without().RunAsync("ProcessPayment", "order-1", _ => new TaskCompletionSource<StepResult>().Task, stop.Token));
    }

    [Fact]
    public async Task Run_InjectedFault_ActsFirst()
    {
        var acted = false;

        var failure = await Assert.ThrowsAsync<NotRetriableException>(() => Attempts.Under(new SagaOptions(), new FaultOptions { FaultInjection = true }).RunAsync(
            "ProcessPayment",
            "2-order",
            _ =>
            {
                acted = true;
                return Task.FromResult(StepResult.Done);
            },
            default));

        Assert.True(acted);
        Assert.Equal("ErrProcessPayment", failure.Message);
    }
}
