using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>The durable timer of a wait, called off when the wait is over: a timer that is not keeps its instance from ending.</summary>
internal sealed class DurableDeadline : IDisposable
{
    private readonly CancellationTokenSource _off = new();

    /// <param name="context">The orchestration that waits.</param>
    /// <param name="at">Until when; null for ever.</param>
    public DurableDeadline(TaskOrchestrationContext context, DateTimeOffset? at) =>
        Passed = at is { } end ? context.CreateTimer(end.UtcDateTime, _off.Token) : new TaskCompletionSource().Task;

    public Task Passed { get; }

    public void Dispose()
    {
        // Never CancelAsync: it goes on upon the thread pool, where an orchestrator's code must not.
        _off.Cancel();
        _off.Dispose();
    }
}
