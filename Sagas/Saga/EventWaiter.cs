using System.Text.Json;
using Microsoft.DurableTask;

namespace Sagas;

/// <summary>
/// Waits for one event's name, with one waiter at a time: a second one beside it would get the event first, and with earlier
/// versions of the worker one that was cancelled could swallow it.
/// </summary>
/// <param name="context">The orchestration that waits.</param>
/// <param name="eventName">The event's name.</param>
public sealed class EventWaiter(TaskOrchestrationContext context, string eventName)
{
    private Task<JsonElement?>? _waiter;

    /// <summary>Ends when the event comes. Until it is taken, each call gives the same task.</summary>
    public Task<JsonElement?> Next => _waiter ??= context.WaitForExternalEvent<JsonElement?>(eventName);

    /// <summary>Takes the event that came, or that is to come; the next one is waited for anew.</summary>
    public Task<JsonElement?> TakeAsync()
    {
        var came = Next;
        _waiter = null;
        return came;
    }
}

/// <summary>The durable timer of a wait, called off when the wait is over: a timer that is not keeps its instance from ending.</summary>
public sealed class DurableDeadline : IDisposable
{
    private readonly CancellationTokenSource _off = new();

    /// <summary>Starts the timer.</summary>
    /// <param name="context">The orchestration that waits.</param>
    /// <param name="at">When the wait is over; null if it never is. No timer is started then.</param>
    public DurableDeadline(TaskOrchestrationContext context, DateTimeOffset? at) =>
        Passed = at is { } end ? context.CreateTimer(end.UtcDateTime, _off.Token) : new TaskCompletionSource().Task;

    /// <summary>Ends when the deadline has passed; never if there is none.</summary>
    public Task Passed { get; }

    /// <summary>Cancels the timer, if it still runs.</summary>
    public void Dispose()
    {
        // Never CancelAsync: it goes on upon the thread pool, where an orchestrator's code must not.
        _off.Cancel();
        _off.Dispose();
    }
}
