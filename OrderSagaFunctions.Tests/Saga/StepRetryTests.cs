using Microsoft.DurableTask;
using Moq;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Tests.Saga;

public sealed class StepRetryTests
{
    private static readonly RetrySettings Retry = new(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));

    private readonly Mock<TaskOrchestrationContext> _context = new();
    private readonly List<TimeSpan> _waits = [];
    private int _attempt = 1;

    public StepRetryTests()
    {
        _context.SetupGet(c => c.InstanceId).Returns("order-1");
        _context
            .Setup(c => c.CreateTimer(It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns((TimeSpan wait, CancellationToken _) =>
            {
                _waits.Add(wait);
                return Task.CompletedTask;
            });
    }

    [Fact]
    public async Task Handler_AttemptsLeft_WaitsItsJitterAndTriesAgain()
    {
        Assert.True(await HandleAsync(lastAttempt: 2, typeof(TimeoutException)));

        Assert.Equal([Jitter.Delay("order-1", "ProcessPayment", 2, Retry)], _waits);
        Assert.Equal(3, _attempt);
    }

    [Fact]
    public async Task Handler_LastAttemptFailed_GivesUp()
    {
        Assert.False(await HandleAsync(lastAttempt: 3, typeof(TimeoutException)));
        Assert.Empty(_waits);
    }

    [Fact]
    public async Task Handler_InjectedFault_GivesUpAtOnce()
    {
        Assert.False(await HandleAsync(lastAttempt: 1, typeof(InjectedFaultException)));
        Assert.Empty(_waits);
    }

    private Task<bool> HandleAsync(int lastAttempt, Type error)
    {
        var handler = StepRetry.Options("ProcessPayment", Retry, attempt => _attempt = attempt).Retry!.Handler!;
        var failure = new TaskFailureDetails(error.FullName!, "it failed", null, null, null);
        return handler(new RetryContext(_context.Object, lastAttempt, failure, TimeSpan.Zero, CancellationToken.None));
    }
}
