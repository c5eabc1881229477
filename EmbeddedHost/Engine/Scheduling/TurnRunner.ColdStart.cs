using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Scheduling;

/// <content>From what is on disk to an orchestrator in memory.</content>
internal sealed partial class TurnRunner
{
    /// <summary>Brings the orchestrator into memory where it is cold. Returns why that cannot be done with this code.</summary>
    private TaskFailureDetails? EnsureWarm(List<HistoryEvent> messages)
    {
        if (_execution is not null)
        {
            return null;
        }

        if (_isNew)
        {
            _execution = ColdStart.New(_row, hub.Services).Execution;
            return null;
        }

        if (hub.Reader.Find(_row.Id, payloads: true) is not { IsTerminal: false } current || current.Key != _row.Key)
        {
            return null;
        }

        _row = current;
        Volatile.Write(ref _committed, current);
        var start = ColdStart.Replay(current, hub.Reader.History(current.Key), hub.Services);
        _execution = start.Execution;
        if (start.Failure is null)
        {
            Resume(messages);
        }

        return start.Failure;
    }

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
