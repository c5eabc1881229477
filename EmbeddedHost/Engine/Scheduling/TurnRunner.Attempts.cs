using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;

namespace EmbeddedHost.Engine.Scheduling;

/// <content>Runs the code, which the platform may fail: that is no result of the orchestrator's, and the turn runs again.</content>
internal sealed partial class TurnRunner
{
    /// <summary>Forgets the code in memory: what it did since the last turn never happened.</summary>
    public void GiveUp() => _execution = null;

    private TurnEnd Play(OrchestrationInstance self, DateTime at, List<HistoryEvent> messages, out TurnResult result)
    {
        var began = hub.Metrics.BeginTurn();
        using var attempt = TurnAttempt.Begin(hub, self);
        result = default;
        TurnEnd end;
        try
        {
            result = !hub.Runs(_row.Version) ? _execution!.Refuse(at, messages)
                : _hasStrayed ? _execution!.EndStrayed(at, messages)
                : _execution!.Turn(at, messages);
            end = TurnEnd.Commit;
        }
        catch (Exception e) when (e is SessionAbortedException || FatalErrors.IsFatal(e))
        {
            hub.LogTurnAborted(e, _row.Name, _row.Id);
            end = TurnEnd.Again;
        }

        if (attempt is not null && !attempt.TryEnd())
        {
            return TurnEnd.Lost;
        }

        hub.Metrics.EndTurn(began, _row.Name);
        return end;
    }
}

/// <summary>What is to be done after a turn.</summary>
internal enum TurnEnd
{
    /// <summary>It is to be committed.</summary>
    Commit,

    /// <summary>Nothing was decided that anyone could see, and what the turn took in can happen again: it waits for the next commit.</summary>
    Nothing,

    /// <summary>The instance's version does not run here: it waits, with its messages, for the next start of a host.</summary>
    Refused,

    /// <summary>The platform failed the code: the turn runs again.</summary>
    Again,

    /// <summary>It took longer than it may, and runs again on another thread: this one has no say in the instance any more.</summary>
    Lost,
}
