namespace EmbeddedHost.Engine.Scheduling;

/// <content>Turns that the platform failed, and that run again.</content>
internal sealed partial class OrchestrationInstance
{
    private const int LongestWait = 60;

    private int _failures;

    /// <summary>The turn under way took too long: another thread drives on, from before the turn.</summary>
    public void OnTurnTimeout(TimeSpan limit)
    {
        hub.LogTurnTooLong(_turns.Name, Id, limit);
        _turns.GiveUp();
        _isParked = true;
        hub.Turns.Leave();
        hub.Scheduler.Queue(this);
    }

    /// <summary>Runs the turn again, each time after twice as long.</summary>
    private async Task TryAgainAsync()
    {
        _turns.GiveUp();
        _isParked = true;
        var doubled = hub.TurnRetryAfter * Math.Pow(2, _failures++);
        await Task.Delay(doubled < TimeSpan.FromSeconds(LongestWait) ? doubled : TimeSpan.FromSeconds(LongestWait), hub.Services.Clock);
        if (!hub.IsStopping)
        {
            hub.Scheduler.Queue(this);
        }
    }
}
