using System.Text.Json;
using Microsoft.DurableTask;

namespace Sagas;

/// <summary>
/// Waits for one event's name, with one waiter at a time: a second one beside it would get the event first, and with earlier
/// versions of the worker one that was cancelled could swallow it.
/// </summary>
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
