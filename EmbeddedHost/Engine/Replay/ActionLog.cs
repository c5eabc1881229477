using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// The actions of one turn. In a live turn they are collected; in a replayed one each is held against the action that
/// history has at the same place, so that a change of the code is found at the step where it matters.
/// </summary>
internal sealed class ActionLog
{
    private readonly List<HistoryEvent> _recorded = [];
    private List<HistoryEvent> _collected = [];
    private int _next;

    /// <summary>True while a turn of history is run again.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>What differs, once something does.</summary>
    public string? Mismatch { get; private set; }

    public void BeginReplay(HistoryTurn turn)
    {
        IsReplaying = true;
        _recorded.Clear();
        _next = 0;
        foreach (var e in turn.Events)
        {
            if (e.IsAction)
            {
                _recorded.Add(e);
            }
        }
    }

    /// <summary>Ends the replayed turn: actions that history holds and the code did not ask for are a mismatch.</summary>
    public void EndReplay(string orchestrator)
    {
        if (_next < _recorded.Count)
        {
            Mismatch ??= $"The orchestrator '{orchestrator}' does not match its history: at step #{_recorded[_next].TaskId} "
                + $"history holds {_recorded[_next]}, the code asked for nothing. {Advice}";
        }

        IsReplaying = false;
    }

    /// <summary>The code has returned or thrown where history has it waiting: only instances that go on are replayed.</summary>
    public void EndsTooEarly(string orchestrator) =>
        Mismatch ??= $"The orchestrator '{orchestrator}' does not match its history: history goes on, the code ended. {Advice}";

    /// <summary>Takes the actions that the live turn asked for.</summary>
    public List<HistoryEvent> TakeCollected()
    {
        var taken = _collected;
        _collected = [];
        return taken;
    }

    /// <summary>Notes an action. False: history has another one there, and the code must not go on.</summary>
    public bool TryAdd(HistoryEvent action, string orchestrator)
    {
        if (Mismatch is not null)
        {
            return false;
        }

        if (!IsReplaying)
        {
            _collected.Add(action);
            return true;
        }

        var recorded = _next < _recorded.Count ? _recorded[_next++] : null;
        if (recorded is not null && recorded.Kind == action.Kind && recorded.TaskId == action.TaskId
            && string.Equals(recorded.Name, action.Name, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        Mismatch = $"The orchestrator '{orchestrator}' does not match its history: at step #{action.TaskId} history holds "
            + $"{recorded?.ToString() ?? "nothing"}, the code asked for {action}. {Advice}";
        return false;
    }

    private const string Advice =
        "Orchestrator code must be deterministic, and instances under way need the code they started on: "
        + "deploy it again and rewind the instance, or branch on the instance's version.";
}
