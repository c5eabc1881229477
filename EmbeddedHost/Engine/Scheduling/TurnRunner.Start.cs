using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Scheduling;

/// <content>
/// The start of a new instance, which is a commit of its own: its caller is answered before any code runs, and a first
/// turn that blocks, or takes the process down, cannot lose the instance.
/// </content>
internal sealed partial class TurnRunner
{
    private bool _isFresh;

    /// <summary>Prepares the commit of the start.</summary>
    public void PrepareStart()
    {
        // With a time to wake at it is found after a crash that comes before its first turn.
        var started = _row with { WakeAt = _row.WakeAt ?? InstanceRow.AtOnce };
        _commit = new TurnCommit
        {
            Key = started.Key,
            Insert = started,
            Dedupe = dedupe,
            State = started.State,
            At = started.Updated,
            WakeAt = started.WakeAt,
        };
    }

    private void PublishStart(OrchestrationInstance self)
    {
        (_isNew, _isFresh) = (false, true);
        hub.Redeliver(_row.Id, self.Settle());
        _ = self.TryPost(new Message(Event: null), out _);
    }
}
