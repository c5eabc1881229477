namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// One run of an orchestrator's code that may not take for ever. A thread cannot be stopped: once the time is up, the turn
/// runs again on another one, and whatever this one comes to is ignored.
/// </summary>
internal sealed class TurnAttempt : IDisposable
{
    private readonly ITimer _timer;
    private int _hasEnded;

    private TurnAttempt(TimeSpan limit, TaskHub hub, OrchestrationInstance instance) => _timer = hub.Services.Clock.CreateTimer(
        _ =>
        {
            if (TryEnd())
            {
                instance.OnTurnTimeout(limit);
            }
        },
        state: null,
        limit,
        Timeout.InfiniteTimeSpan);

    /// <summary>Begins an attempt; null where turns may take as long as they like.</summary>
    public static TurnAttempt? Begin(TaskHub hub, OrchestrationInstance instance) =>
        hub.TurnTimeout is { } limit ? new TurnAttempt(limit, hub, instance) : null;

    /// <summary>Ends it, for the one of the two that comes first.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _hasEnded, 1) == 0;

    public void Dispose() => _timer.Dispose();
}
