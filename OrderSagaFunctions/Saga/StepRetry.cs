using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>An attempt after the first.</summary>
/// <param name="Number">Which one, counted from 1.</param>
/// <param name="Of">How many there may be, the first included.</param>
/// <param name="At">When it comes, by the orchestration's clock.</param>
internal sealed record NextAttempt(int Number, int Of, DateTimeOffset At);

/// <summary>How a step's activity is retried. A handler and not a policy, because a policy cannot jitter its waits.</summary>
internal static class StepRetry
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
            if (failed.LastAttemptNumber >= retry.Attempts || InjectedFaultException.IsCauseOf(activity, failed.LastFailure))
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
