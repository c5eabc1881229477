using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Api;

public sealed class TaskFailureDetailsTests
{
    [Theory]
    [InlineData(typeof(DeclinedException), true)]
    [InlineData(typeof(InvalidOperationException), true)]
    [InlineData(typeof(Exception), true)]
    [InlineData(typeof(ArgumentException), false)]
    public void IsCausedBy_TypeInTheHierarchy_Matches(Type type, bool expected)
        => Assert.Equal(expected, Failure(typeof(DeclinedException).FullName!).IsCausedBy(type));

    [Theory]
    [InlineData("No.Such.Exception")]
    [InlineData("")]
    public void IsCausedBy_TypeThatIsNotLoaded_DoesNotMatch(string errorType)
        => Assert.False(Failure(errorType).IsCausedBy<Exception>());

    [Fact]
    public void IsCausedBy_NotAnExceptionType_IsRefused()
        => Assert.Throws<ArgumentException>(() => Failure("No.Such.Exception").IsCausedBy(typeof(string)));

    [Fact]
    public void FromException_InnerExceptions_AreKept()
    {
        var details = TaskFailureDetails.FromException(new DeclinedException("declined", new TimeoutException("late")));

        Assert.Equal(typeof(DeclinedException).FullName, details.ErrorType);
        Assert.Equal("declined", details.ErrorMessage);
        Assert.Equal("late", details.InnerFailure?.ErrorMessage);
        Assert.True(details.InnerFailure?.IsCausedBy<TimeoutException>());
    }

    [Fact]
    public void FromException_FailedTask_KeepsTheTasksFailure()
    {
        var cause = Failure(typeof(TimeoutException).FullName!);

        Assert.Same(cause, TaskFailureDetails.FromException(new TaskFailedException("Pay", 3, cause)).InnerFailure);
    }

    private static TaskFailureDetails Failure(string errorType)
        => new(errorType, "message", StackTrace: null, InnerFailure: null, Properties: null);

    private sealed class DeclinedException(string message, Exception innerException)
        : InvalidOperationException(message, innerException);
}
