using Microsoft.DurableTask;
using Moq;

namespace Sagas.Tests.Runs;

public sealed class StepRetryTests
{
    private static readonly RetrySettings Retry = new(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));

    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private readonly Mock<TaskOrchestrationContext> _context = new();
    private readonly List<TimeSpan> _waits = [];
    private readonly List<NextAttempt> _told = [];
    private int _waitsWhenTold;

    public StepRetryTests()
    {
        _context.SetupGet(c => c.InstanceId).Returns("order-1");
        _context.SetupGet(c => c.CurrentUtcDateTime).Returns(Now.UtcDateTime);
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

        var delay = Jitter.Delay("order-1", "ProcessPayment", 2, Retry);
        Assert.Equal([delay], _waits);
        // Before the wait, and after it.
        Assert.Equal([new NextAttempt(3, 3, Now + delay), new NextAttempt(3, 3, Now + delay)], _told);
        Assert.Equal(0, _waitsWhenTold);
    }

    [Fact]
    public async Task Handler_LastAttemptFailed_GivesUp()
    {
        Assert.False(await HandleAsync(lastAttempt: 3));
        Assert.Empty(_waits);
        Assert.Empty(_told);
    }

    /// <remarks>By its name of today, and by the one that earlier histories have.</remarks>
    [Theory]
    [InlineData("Sagas.NotRetriableException")]
    [InlineData("OrderSagaFunctions.Saga.InjectedFaultException")]
    public async Task Handler_NotRetriable_GivesUpAtOnce(string type)
    {
        Assert.False(await HandleAsync(lastAttempt: 1, new TaskFailureDetails(type, "ErrProcessPayment", null, null, null)));
        Assert.Empty(_waits);
    }

    private Task<bool> HandleAsync(int lastAttempt) => HandleAsync(lastAttempt, new TaskFailureDetails("System.TimeoutException", "too slow", null, null, null));

    private Task<bool> HandleAsync(int lastAttempt, TaskFailureDetails failure)
    {
        var handler = StepRetry.Options("ProcessPayment", Retry, OnWait, _told.Add).Retry!.Handler!;
        return handler(new RetryContext(_context.Object, lastAttempt, failure, TimeSpan.Zero, CancellationToken.None));

        void OnWait(NextAttempt next)
        {
            _waitsWhenTold = _waits.Count;
            _told.Add(next);
        }
    }
}
