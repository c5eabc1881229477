using EmbeddedHost.Engine.History;
using Core = DurableTask.Core.History;

namespace EmbeddedHost.Engine.Replay;

/// <content>What the execution knows of its events: where it stands, and what is open.</content>
internal sealed partial class OrchestrationExecution
{
    /// <summary>Notes events, and adds them as the executor reads them.</summary>
    private void Take(DateTime at, IReadOnlyList<HistoryEvent> events, List<Core.HistoryEvent> into)
    {
        LastTurn = at;
        into.Add(CoreHistory.At(at, new Core.OrchestratorStartedEvent(CoreHistory.None)));
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            Note(at, e);
            if (CoreHistory.Event(_row, e, _numbers.OfExecutor(e.TaskId)) is not { } core)
            {
                continue;
            }

            (_hasBegun ? into : _early).Add(CoreHistory.At(at, core));
            if (!_hasBegun && IsStarted && !IsSuspended)
            {
                Begin(into);
            }
        }
    }

    /// <summary>The start, where it was not held by a suspend, comes before whatever else has reached the instance by then.</summary>
    private void Begin(List<Core.HistoryEvent> into)
    {
        _hasBegun = true;
        into.AddRange(_early.Where(static e => e is Core.ExecutionStartedEvent));
        into.AddRange(_early.Where(static e => e is not (Core.ExecutionStartedEvent or Core.ExecutionSuspendedEvent or Core.ExecutionResumedEvent)));
        _early.Clear();
    }

    private void Note(DateTime at, HistoryEvent e)
    {
        switch (e.Kind)
        {
            case HistoryEventKind.ExecutionStarted:
                IsStarted = true;
                break;
            case HistoryEventKind.ExecutionSuspended:
                IsSuspended = true;
                break;
            case HistoryEventKind.ExecutionResumed:
                IsSuspended = false;
                _held.Clear();
                break;
            case HistoryEventKind.EventRaised:
                if (IsSuspended)
                {
                    _held.Add(e);
                }

                break;
            case HistoryEventKind.ContinuedAsNew:
                _numbers.GoOnFrom(e.TaskId);
                _guids.GoOnFrom(e.TaskId);
                break;
            case HistoryEventKind.ExecutionRewound:
                _numbers.GoOnFrom(e.TaskId);
                _guids.GoOnFrom(e.TaskId, at);
                break;
            default:
                if (e.IsAction)
                {
                    _numbers.Note(e.TaskId);
                    NoteOpen(at, e);
                }
                else if (e.IsAnswer)
                {
                    Answer(e.TaskId);
                }

                break;
        }
    }

    private void NoteOpen(DateTime at, HistoryEvent action)
    {
        if (action.Kind != HistoryEventKind.EventSent)
        {
            _open[action.TaskId] = (action, at);
        }

        if (action.Kind == HistoryEventKind.TimerCreated)
        {
            _ = _timers.Add((action.FireAt!.Value, action.TaskId));
        }
    }

    private void Answer(int taskId)
    {
        if (_open.Remove(taskId, out var answered) && answered.Action.Kind == HistoryEventKind.TimerCreated)
        {
            _ = _timers.Remove((answered.Action.FireAt!.Value, taskId));
        }
    }
}
