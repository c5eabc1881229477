using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>Keeps the saga's story while it runs, and shows it as the custom status each time a state is entered.</summary>
internal sealed class SagaLog(TaskOrchestrationContext context)
{
    private const int LongestError = 200;

    private readonly List<string> _path = [];
    private readonly List<StepReport> _steps = [];
    private readonly List<Incident> _incidents = [];
    private SagaOutcome? _outcome;
    private ParkedState? _parked;

    /// <summary>The orchestration's clock: the time of the turn, which replays the same.</summary>
    public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    public void Enter(string state)
    {
        _path.Add(state);
        _steps.Add(new StepReport(state, StepOutcome.Running, 1, Now));
        Show();
    }

    public void Attempt(int number) => Current = Current with { Attempts = Math.Max(number, Current.Attempts) };

    public void Leave(StepOutcome result, string? error = null) =>
        Current = Current with { Outcome = result, EndedAt = Now, Error = Shorten(error) };

    public Incident Open(string compensation, int generation, string error)
    {
        var incident = new Incident($"{compensation}-{generation}", compensation, Shorten(error)!, Now);
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
        _ = Show();
    }

    public void Unpark()
    {
        _parked = null;
        _ = Show();
    }

    public SagaReport End(string state, SagaOutcome how)
    {
        _path.Add(state);
        _outcome = how;
        return Show();
    }

    private StepReport Current
    {
        get => _steps[^1];
        set => _steps[^1] = value;
    }

    // A copy, because the host may serialise the status later than this turn goes on changing the story.
    private SagaReport Show()
    {
        var report = new SagaReport([.. _path], [.. _steps], _outcome, _incidents.Count > 0, [.. _incidents], _parked);
        context.SetCustomStatus(report);
        return report;
    }

    private static string? Shorten(string? error) =>
        error is { Length: > LongestError } ? string.Concat(error.AsSpan(0, LongestError), "…") : error;
}
