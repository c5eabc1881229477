using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Moq;
using Moq.Protected;

namespace EmbeddedHost.Tests.Api;

public sealed class TaskOrchestrationContextTests
{
    private static readonly DateTime Now = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Mock<TaskOrchestrationContext> _context = new() { CallBase = true };
    private readonly TaskCompletionSource _timer = new();
    private readonly TaskCompletionSource<string> _event = new();
    private CancellationToken _timerToken;
    private CancellationToken _eventToken;

    public TaskOrchestrationContextTests()
    {
        _context.SetupGet(context => context.CurrentUtcDateTime).Returns(Now);
        _context.Setup(context => context.CreateTimer(Now.AddMinutes(5), It.IsAny<CancellationToken>()))
            .Returns((DateTime _, CancellationToken token) =>
            {
                _timerToken = token;
                token.Register(() => _timer.TrySetCanceled(token));
                return _timer.Task;
            });
        _context.Setup(context => context.WaitForExternalEvent<string>("Decision", It.IsAny<CancellationToken>()))
            .Returns((string _, CancellationToken token) =>
            {
                _eventToken = token;
                token.Register(() => _event.TrySetCanceled(token));
                return _event.Task;
            });
    }

    [Fact]
    public async Task WaitForExternalEvent_EventInTime_ReturnsItAndCancelsTheTimer()
    {
        var wait = WaitFiveMinutes();
        _event.SetResult("yes");

        Assert.Equal("yes", await wait);
        Assert.True(_timerToken.IsCancellationRequested);
        Assert.False(_eventToken.IsCancellationRequested);
    }

    [Fact]
    public async Task WaitForExternalEvent_NoEventInTime_ThrowsAndStopsWaitingForIt()
    {
        var wait = WaitFiveMinutes();
        _timer.SetResult();

        var error = await Assert.ThrowsAsync<TaskCanceledException>(() => wait);
        Assert.Contains("Decision", error.Message, StringComparison.Ordinal);
        Assert.True(_eventToken.IsCancellationRequested);
        Assert.False(_timerToken.IsCancellationRequested);
    }

    [Fact]
    public async Task WaitForExternalEvent_CancelledByItsCaller_StopsBoth()
    {
        using var caller = new CancellationTokenSource();
        var wait = WaitFiveMinutes(caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => wait);
        Assert.True(_timerToken.IsCancellationRequested);
        Assert.True(_eventToken.IsCancellationRequested);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void CreateReplaySafeLogger_WhileReplaying_IsSilent(bool replaying, int written)
    {
        var logger = new Mock<ILogger>();
        logger.Setup(l => l.IsEnabled(It.IsAny<LogLevel>())).Returns(true);
        var factory = Mock.Of<ILoggerFactory>(f => f.CreateLogger("Orders") == logger.Object);
        _context.Protected().SetupGet<ILoggerFactory>("LoggerFactory").Returns(factory);
        _context.SetupGet(context => context.IsReplaying).Returns(replaying);

        var safe = _context.Object.CreateReplaySafeLogger("Orders");
        safe.Log(LogLevel.Information, default, "placed", exception: null, (state, _) => state);

        Assert.Equal(!replaying, safe.IsEnabled(LogLevel.Information));
        Assert.Equal(written, logger.Invocations.Count(invocation => invocation.Method.Name == nameof(ILogger.Log)));
    }

    [Fact]
    public void ContinueAsNew_WithOptions_ForwardsInputAndEvents()
    {
        _context.Object.ContinueAsNew(new ContinueAsNewOptions { NewInput = 7, PreserveUnprocessedEvents = false });

        _context.Verify(context => context.ContinueAsNew(7, false), Times.Once);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "1.0", -1)]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("beta", "ALPHA", 1)]
    public void CompareVersionTo_AnotherVersion_OrdersThem(string own, string other, int expected)
    {
        _context.SetupGet(context => context.Version).Returns(own);

        Assert.Equal(expected, Math.Sign(_context.Object.CompareVersionTo(other)));
    }

    private Task<string> WaitFiveMinutes(CancellationToken cancellation = default)
        => _context.Object.WaitForExternalEvent<string>("Decision", TimeSpan.FromMinutes(5), cancellation);
}
