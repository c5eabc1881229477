namespace Microsoft.DurableTask;

/// <summary>A wait for an event that ends by itself: the event raced with a durable timer.</summary>
internal static class ExternalEventWait
{
    /// <summary>
    /// Waits for the event or the time-out, which may be infinite; whichever loses is cancelled, so that it keeps nothing alive.
    /// </summary>
    public static async Task<T> RaceAsync<T>(
        TaskOrchestrationContext context, string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return await context.WaitForExternalEvent<T>(eventName, cancellationToken);
        }

        using var timerLost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var eventLost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var raised = context.WaitForExternalEvent<T>(eventName, eventLost.Token);
        var timer = context.CreateTimer(timeout, timerLost.Token);

        // The first to end in history order wins, also on replay: asking afterwards what else has ended would not be stable.
        if (await Task.WhenAny(raised, timer) == raised)
        {
            Cancel(timerLost);
            return await raised;
        }

        Cancel(eventLost);
        await timer;
        throw new TaskCanceledException(
            $"Orchestration '{context.InstanceId}' waited {timeout} for event '{eventName}', and none came.");
    }

    // Not CancelAsync: it goes on from a pool thread, outside the orchestration's turn.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();
}
