using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Api;

public sealed class RetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 1, 1, null, null, "maxNumberOfAttempts")]
    [InlineData(1, 0, 1, null, null, "firstRetryInterval")]
    [InlineData(1, 1, 0.99, null, null, "backoffCoefficient")]
    [InlineData(1, 1, double.NaN, null, null, "backoffCoefficient")]
    [InlineData(1, 2, 1, 1, null, "maxRetryInterval")]
    [InlineData(1, 2, 1, null, 1, "retryTimeout")]
    public void Constructor_ArgumentOutOfBounds_IsRefusedByName(
        int attempts, int firstSeconds, double coefficient, int? maxSeconds, int? timeoutSeconds, string expected)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(
            attempts, firstSeconds * Second, coefficient, maxSeconds * Second, timeoutSeconds * Second));

        Assert.Equal(expected, error.ParamName);
    }

    [Fact]
    public void Constructor_LimitsLeftOut_AreAnHourAndForEver()
    {
        var policy = new RetryPolicy(1, Second);

        Assert.Equal(TimeSpan.FromHours(1), policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
    }

    [Fact]
    public void Constructor_InfiniteLimits_AreAccepted()
    {
        var policy = new RetryPolicy(1, Second, 2, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Assert.Equal(Timeout.InfiniteTimeSpan, policy.MaxRetryInterval);
    }

    [Fact]
    public async Task HandleAsync_NoFilter_RetriesEverything()
        => Assert.True(await new RetryPolicy(2, Second).HandleAsync(new InvalidOperationException()));

    [Theory]
    [InlineData("busy", true)]
    [InlineData("broken", false)]
    public async Task HandleAsync_FailureFilter_SeesTheTasksOwnFailure(string message, bool retried)
    {
        var policy = new RetryPolicy(2, Second)
        {
            HandleFailure = failure => failure.IsCausedBy<TimeoutException>() && failure.ErrorMessage == "busy",
        };

        Assert.Equal(retried, await policy.HandleAsync(new TaskFailedException("Pay", 1, new TimeoutException(message))));
        Assert.Equal(retried, policy.Handle(new TimeoutException(message)));
    }
}
