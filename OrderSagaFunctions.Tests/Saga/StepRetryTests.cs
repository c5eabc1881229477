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
        Assert.True(await HandleAsync(lastAttempt: 2));

        Assert.Equal([Jitter.Delay("order-1", "ProcessPayment", 2, Retry)], _waits);
        Assert.Equal(3, _attempt);
    }

    [Fact]
    public async Task Handler_LastAttemptFailed_GivesUp()
    {
        Assert.False(await HandleAsync(lastAttempt: 3));
        Assert.Empty(_waits);
    }

    /// <remarks>The forms in which the Durable Task extension and the worker let it arrive, by their versions and settings.</remarks>
    [Theory]
    [InlineData("OrderSagaFunctions.Saga.InjectedFaultException", "ErrProcessPayment")]
    [InlineData("(unknown)", "ErrProcessPayment")]
    [InlineData("System.AggregateException", "One or more errors occurred. (ErrProcessPayment)")]
    public async Task Handler_InjectedFault_GivesUpAtOnce(string type, string message)
    {
        Assert.False(await HandleAsync(lastAttempt: 1, type, message));
        Assert.Empty(_waits);
    }

    private Task<bool> HandleAsync(int lastAttempt) => HandleAsync(lastAttempt, "System.TimeoutException", "too slow");

    private Task<bool> HandleAsync(int lastAttempt, string type, string message)
    {
        var handler = StepRetry.Options("ProcessPayment", Retry, attempt => _attempt = attempt).Retry!.Handler!;
        var failure = new TaskFailureDetails(type, message, null, null, null);
        return handler(new RetryContext(_context.Object, lastAttempt, failure, TimeSpan.Zero, CancellationToken.None));
    }
}
