using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>How a step's activity is retried. A handler and not a policy, because a policy cannot jitter its waits.</summary>
internal static class StepRetry
{
    /// <summary>Makes the options of one call.</summary>
    /// <param name="activity">What is called.</param>
    /// <param name="retry">How often, and how far apart.</param>
    /// <param name="onRetry">Is told the number of each further attempt.</param>
    public static TaskOptions Options(string activity, RetrySettings retry, Action<int> onRetry) =>
        TaskOptions.FromRetryHandler(async (RetryContext failed) =>
        {
            if (failed.LastAttemptNumber >= retry.Attempts || InjectedFaultException.IsCauseOf(activity, failed.LastFailure))
            {
                return false;
            }

            var context = failed.OrchestrationContext;
            var delay = Jitter.Delay(context.InstanceId, activity, failed.LastAttemptNumber, retry);
            await context.CreateTimer(delay, failed.CancellationToken);
            onRetry(failed.LastAttemptNumber + 1);
            return true;
        });
}
