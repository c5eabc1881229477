using Microsoft.DurableTask;

namespace Sagas;

/// <summary>Keeps the saga's story while it runs, and shows it as the custom status: each time a state is entered, and around each wait for a further attempt.</summary>
internal sealed class SagaLog(TaskOrchestrationContext context)
{
    private const int LongestError = 200;

    private readonly List<string> _path = [];
    private readonly List<StepReport> _steps = [];
    private readonly List<Incident> _incidents = [];
    private readonly List<ChildReport> _children = [];
    // Of a state of several activities, more than one may wait.
    private readonly List<DateTimeOffset> _waits = [];
    private SagaOutcome? _outcome;
    private ParkedState? _parked;

    /// <summary>The orchestration's clock: the time of the turn, which replays the same.</summary>
    public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    public void Enter(string state)
    {
        if (_path.Count > 0 && _path[^1] == state)
        {
            // Tried again by an operator, however often: one step, so that the story does not grow with every try.
            Resume();
            Show();
            return;
        }

        _path.Add(state);
        _steps.Add(new StepReport(state, StepOutcome.Running, 1, Now));
        Show();
    }

    /// <summary>An attempt has failed, and another one will be made. What is called between the states is not shown.</summary>
    public void Await(NextAttempt next)
    {
        if (_steps.Count > 0 && Current.Outcome == StepOutcome.Running)
        {
            _waits.Add(next.At);
            Current = Current with { MaxAttempts = Math.Max(next.Of, Current.MaxAttempts ?? 0), NextAttemptAt = _waits.Min() };
            Show();
        }
    }

    /// <summary>That attempt begins.</summary>
    public void Attempt(NextAttempt next)
    {
        // A start may be queued, and a cancel come before it: the gate is asked then before any state is entered.
        if (_steps.Count > 0)
        {
            Current = Current with { Attempts = Math.Max(next.Number, Current.Attempts) };
        }

        if (_waits.Remove(next.At))
        {
            Current = Current with { NextAttemptAt = _waits.Count == 0 ? null : _waits.Min() };
            Show();
        }
    }

    public void Leave(StepOutcome result, string? error = null)
    {
        _waits.Clear();
        Current = Current with
        {
            Outcome = result,
            // A clock that was set back meanwhile does not end a step before it began.
            EndedAt = Now > Current.StartedAt ? Now : Current.StartedAt,
            Error = Shorten(error),
            // Shown while it is so. What is handed on and stored says how many attempts there were.
            MaxAttempts = null,
            NextAttemptAt = null,
        };
    }

    public Incident Open(string compensation, string? scope, int generation, int number, string error)
    {
        var incident = new Incident(Incident.IdOf(compensation, scope, generation, number), compensation, Shorten(error)!, Now) { Scope = scope };
        _incidents.Add(incident);
        return incident;
    }

    /// <summary>The last state goes on, after an operator had it tried again.</summary>
    public void Resume() => Current = Current with { Outcome = StepOutcome.Running, EndedAt = null };

    /// <summary>An incident is dealt with.</summary>
    public void Close(Incident incident) => _incidents.Remove(incident);

    public void Park(ParkedState parked)
    {
        _parked = parked;
        Show();
    }

    public void Unpark()
    {
        _parked = null;
        Show();
    }

    /// <summary>Whether a child of this scope has begun.</summary>
    public bool HasChild(string scope) => _children.Exists(child => child.Scope == scope);

    /// <summary>A child begins.</summary>
    public void Start(string scope, string instanceId)
    {
        _children.Add(new ChildReport(scope, instanceId, Outcome: null, []));
        Show();
    }

    /// <summary>A child that had done its part is being undone by an instance, or is no more where that is null.</summary>
    public void Compensate(string scope, string? instanceId)
    {
        var index = _children.FindIndex(child => child.Scope == scope);
        _children[index] = _children[index] with { CompensatedBy = instanceId };
        Show();
    }

    /// <summary>A child has ended, or one that had ended is compensated.</summary>
    public void Settle(string scope, ChildResult result)
    {
        var index = _children.FindIndex(child => child.Scope == scope);
        var child = _children[index];
        _children[index] = child with { Outcome = result.Outcome, Steps = [.. child.Steps, .. result.Steps] };
        _incidents.AddRange(result.Incidents);
        Show();
    }

    /// <summary>What some children had to leave undone, or null where nothing.</summary>
    public string? LeftIn(IEnumerable<string> scopes)
    {
        var left = _incidents.Where(incident => scopes.Contains(incident.Scope, StringComparer.Ordinal))
            .Select(incident => $"{incident.Compensation} at {incident.Scope}").ToList();
        return left.Count == 0 ? null : $"Left undone: {string.Join(", ", left)}.";
    }

    /// <summary>What a child tells its parent.</summary>
    public ChildResult ToResult(SagaOutcome outcome, int notices, int parks) => new(outcome, _steps, _incidents, notices, parks);

    /// <summary>The whole story, with an end that it has not come to yet.</summary>
    public SagaReport ToReport(string state, SagaOutcome how) =>
        ReportSize.Fit(Report() with { Path = [.. _path, state], Outcome = how }, ReportSize.OfTableProperty);

    public void End(string state, SagaOutcome how)
    {
        _path.Add(state);
        _outcome = how;
        Show();
    }

    private StepReport Current
    {
        get => _steps[^1];
        set => _steps[^1] = value;
    }

    private void Show() => context.SetCustomStatus(ReportSize.Fit(Report(), ReportSize.OfCustomStatus));

    // A copy, because the host may serialise the status later than this turn goes on changing the story.
    private SagaReport Report() => new(
        [.. _path], [.. _steps], _outcome, _incidents.Count > 0, [.. _incidents], _parked, _children.Count == 0 ? null : [.. _children]);

    private static string? Shorten(string? error) =>
        error is { Length: > LongestError } ? string.Concat(error.AsSpan(0, LongestError), "…") : error;
}
