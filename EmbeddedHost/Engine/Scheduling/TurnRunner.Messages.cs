using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Telemetry;

namespace EmbeddedHost.Engine.Scheduling;

/// <content>What a turn takes in.</content>
internal sealed partial class TurnRunner
{
    private void Take(Message message, List<HistoryEvent> messages, List<long> takenMail)
    {
        if (message.Event is not null)
        {
            messages.Add(message.Event);
            if (message.Event.Kind is HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed)
            {
                hub.Activities.Done(_row.Key, message.Event.TaskId);
            }
        }

        _hasStrayed |= message.IsStray;
        if (message.IsAlarm)
        {
            // It may come too early (a clock set back) or while suspended: what is armed then, is armed anew.
            _armed = null;
        }

        if (message.MailSequence > 0)
        {
            takenMail.Add(message.MailSequence);
        }
    }

    private void AddDueTimers(List<HistoryEvent> messages, DateTime now)
    {
        foreach (var timer in _execution!.DueTimers(now))
        {
            HubTracing.TimerFired(_row, timer, _execution.OpenedAt(timer.TaskId));
            messages.Add(timer);
        }
    }

    /// <summary>Drops late answers: to what has one, or to what an execution before asked for.</summary>
    private void DropStale(List<HistoryEvent> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].IsAnswer && !_execution!.IsPending(messages[i].TaskId))
            {
                messages.RemoveAt(i);
            }
        }
    }

    /// <summary>
    /// The clock of a turn: the wall clock, so that waits which begin after it was set back do not last until it is where it
    /// was. It is never earlier than a timer that the turn takes in; corrections below a second do not show.
    /// </summary>
    private DateTime TurnTime(DateTime now, List<HistoryEvent> messages)
    {
        var before = _execution!.LastTurn > _row.Created ? _execution.LastTurn : _row.Created;
        var at = before > now && before - now < SmallCorrection ? before : now;
        // The next execution of an eternal orchestration begins later than the one before ended: GUIDs are made of the time.
        at = _execution.IsStarted || at != _execution.LastTurn ? at : at.AddTicks(1);
        foreach (var message in messages)
        {
            at = message.FireAt > at ? message.FireAt.Value : at;
        }

        return at;
    }
}
