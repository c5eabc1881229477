using Microsoft.DurableTask;

namespace OrderSagaFunctions.Review;

/// <summary>The durable timer of a review, called off when the review is left: a timer that is not keeps its instance from ending.</summary>
internal sealed class ReviewDeadline : IDisposable
{
    private readonly CancellationTokenSource _off = new();

    public ReviewDeadline(TaskOrchestrationContext context, DateTimeOffset at) =>
        Passed = context.CreateTimer(at.UtcDateTime, _off.Token);

    public Task Passed { get; }

    public void Dispose()
    {
        // Never CancelAsync: it goes on upon the thread pool, where an orchestrator's code must not.
        _off.Cancel();
        _off.Dispose();
    }
}
