using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;

namespace EmbeddedHost.Engine.Scheduling;

/// <content>From what is on disk to an orchestrator in memory.</content>
internal sealed partial class TurnRunner
{
    // So many events are replayed for one that is taken in, at most.
    private const int ReplayedForOne = 256;

    private int _replayed;
    private int _taken;

    /// <summary>True once what has been taken in since the last replay is worth another one: replays cost no more than that together.</summary>
    public bool HasEarnedItsReplay => _taken >= _replayed / ReplayedForOne;

    /// <summary>Brings the orchestrator into memory where it is cold; what was under way goes on.</summary>
    private void EnsureWarm(List<HistoryEvent> messages)
    {
        if (_execution is not null)
        {
            return;
        }

        if (_isFresh)
        {
            _isFresh = false;
            _execution = new OrchestrationExecution(_row, [], hub.Services, OnStrayed);
        }
        else if (hub.Reader.Find(_row.Id, payloads: true) is { IsTerminal: false } current && current.Key == _row.Key)
        {
            _row = current;
            Volatile.Write(ref _committed, current);
            List<HistoryTurn> history = [.. hub.Reader.History(current.Key), .. _uncommitted];
            (_replayed, _taken) = (history.Sum(static turn => turn.Events.Count), 0);
            _execution = new OrchestrationExecution(current, history, hub.Services, OnStrayed);
            Resume(messages);
        }
    }

    private void OnStrayed() => hub.QueueDeliver(_row.Id, _row.Key, new Message(Event: null, IsStray: true));

    /// <summary>Starts again what was under way when the instance left memory, unless its answer is here already.</summary>
    private void Resume(List<HistoryEvent> messages)
    {
        foreach (var action in _execution!.OpenActions.ToArray())
        {
            if (messages.Exists(answer => answer.TaskId == action.TaskId))
            {
                continue;
            }

            if (action.Kind == HistoryEventKind.SubOrchestrationCreated)
            {
                if (hub.AnswerOfChild(_row, action) is { } answer)
                {
                    messages.Add(answer);
                }
            }
            else if (action.Kind == HistoryEventKind.TaskScheduled && !hub.Activities.IsUnderWay(_row.Key, action.TaskId))
            {
                _toStart.Add(action);
            }
        }
    }
}
