using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>Keeps the saga's story while it runs, and shows it as the custom status each time a state is entered.</summary>
internal sealed class SagaLog(TaskOrchestrationContext context)
{
    private const int LongestError = 200;

    private readonly List<string> path = [];
    private readonly List<StepReport> steps = [];
    private readonly List<Incident> incidents = [];
    private SagaOutcome? outcome;

    public void Enter(string state)
    {
        path.Add(state);
        steps.Add(new StepReport(state, StepOutcome.Running, 1, context.CurrentUtcDateTime));
        Show();
    }

    public void Attempt(int number) => Current = Current with { Attempts = Math.Max(number, Current.Attempts) };

    public void Leave(StepOutcome result, string? error = null) =>
        Current = Current with { Outcome = result, EndedAt = context.CurrentUtcDateTime, Error = Shorten(error) };

    public Incident Open(string compensation, int generation, string error)
    {
        var incident = new Incident($"{compensation}-{generation}", compensation, Shorten(error)!, context.CurrentUtcDateTime);
        incidents.Add(incident);
        return incident;
    }

    public SagaReport End(string state, SagaOutcome how)
    {
        path.Add(state);
        outcome = how;
        return Show();
    }

    private StepReport Current
    {
        get => steps[^1];
        set => steps[^1] = value;
    }

    // A copy, because the host may serialise the status later than this turn goes on changing the story.
    private SagaReport Show()
    {
        var report = new SagaReport([.. path], [.. steps], outcome, incidents.Count > 0, [.. incidents]);
        context.SetCustomStatus(report);
        return report;
    }

    private static string? Shorten(string? error) =>
        error is { Length: > LongestError } ? string.Concat(error.AsSpan(0, LongestError), "…") : error;
}
