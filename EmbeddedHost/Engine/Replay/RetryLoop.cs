using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Replay;

/// <summary>Retries of an activity or a sub-orchestration. It is orchestrator code: it replays like the app's own.</summary>
internal static class RetryLoop
{
    /// <summary>Runs <paramref name="attempt"/>, and again as <paramref name="retry"/> says; the last failure surfaces.</summary>
    public static Task<T> RunAsync<T>(
        TaskOrchestrationContext context, TaskName name, TaskRetryOptions? retry, Func<Task<T>> attempt)
    {
        if (string.IsNullOrEmpty(name.Name))
        {
            throw new ArgumentException("The name of the activity or orchestrator to call is empty.", nameof(name));
        }

        return retry switch
        {
            null => attempt(),
            { Policy: { } policy } => WithPolicyAsync(context, policy, attempt),
            { Handler: { } handler } => WithHandlerAsync(context, handler, attempt),
            _ => attempt(),
        };
    }

    private static async Task<T> WithPolicyAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> attempt)
    {
        var first = context.CurrentUtcDateTime;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e) when (attempts < policy.MaxNumberOfAttempts)
            {
                if (policy.HandleAsync is { } handle && !await handle(e))
                {
                    throw;
                }

                // The time gone by, not that to come: the wait before an attempt may end after the time-out.
                if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && context.CurrentUtcDateTime - first >= policy.RetryTimeout)
                {
                    throw;
                }

                await context.CreateTimer(Delay(policy, attempts), CancellationToken.None);
            }
        }
    }

    private static async Task<T> WithHandlerAsync<T>(
        TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> attempt)
    {
        var first = context.CurrentUtcDateTime;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e)
            {
                var elapsed = context.CurrentUtcDateTime - first;
                if (!await handler(new RetryContext(context, attempts, e.FailureDetails, elapsed, CancellationToken.None)))
                {
                    throw;
                }
            }
        }
    }

    private static TimeSpan Delay(RetryPolicy policy, int attempts)
    {
        var next = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, attempts - 1);
        var limit = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        return next >= limit.Ticks ? limit : TimeSpan.FromTicks((long)next);
    }
}
