using Microsoft.DurableTask;

namespace Sagas;

/// <summary>An attempt after the first.</summary>
/// <param name="Number">Which one, counted from 1.</param>
/// <param name="Of">How many there may be, the first included.</param>
/// <param name="At">When it comes, by the orchestration's clock.</param>
public sealed record NextAttempt(int Number, int Of, DateTimeOffset At);

/// <summary>How a step's activity is retried. A handler and not a policy, because a policy cannot jitter its waits.</summary>
public static class StepRetry
{
    /// <summary>Makes the options of one call.</summary>
    /// <param name="activity">What is called.</param>
    /// <param name="retry">How often, and how far apart.</param>
    /// <param name="onWait">Is told of each further attempt before the wait for it.</param>
    /// <param name="onRetry">Is told of it when it begins.</param>
    public static TaskOptions Options(
        string activity, RetrySettings retry, Action<NextAttempt>? onWait = null, Action<NextAttempt>? onRetry = null) =>
        TaskOptions.FromRetryHandler(async (RetryContext failed) =>
        {
            if (failed.LastAttemptNumber >= retry.Attempts || NotRetriableException.IsCauseOf(failed.LastFailure))
            {
                return false;
            }

            var context = failed.OrchestrationContext;
            var delay = Jitter.Delay(context.InstanceId, activity, failed.LastAttemptNumber, retry);
            var next = new NextAttempt(
                failed.LastAttemptNumber + 1, retry.Attempts, new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero) + delay);
            onWait?.Invoke(next);
            await context.CreateTimer(delay, failed.CancellationToken);
            onRetry?.Invoke(next);
            return true;
        });
}

/// <summary>How often something is tried, and how the waits between grow: they double from the first up to the cap.</summary>
/// <param name="Attempts">Attempts in all, the first included.</param>
/// <param name="FirstInterval">The longest first wait; the actual one is jittered below it.</param>
/// <param name="MaxInterval">The cap that the doubling stops at.</param>
public sealed record RetrySettings(int Attempts, TimeSpan FirstInterval, TimeSpan MaxInterval);

/// <summary>How one activity is tried, where the settings say so: what is null is as its step or the general settings have it.</summary>
/// <param name="Attempts">Attempts in all, the first included.</param>
/// <param name="FirstInterval">The longest first wait.</param>
/// <param name="MaxInterval">The longest wait of all.</param>
public sealed record RetryOverride(int? Attempts, TimeSpan? FirstInterval, TimeSpan? MaxInterval)
{
    /// <summary>What comes of it where the rest is as given.</summary>
    internal RetrySettings Over(RetrySettings general) => new(
        Attempts ?? general.Attempts, FirstInterval ?? general.FirstInterval, MaxInterval ?? general.MaxInterval);
}
