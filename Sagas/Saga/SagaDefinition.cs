namespace Sagas;

/// <summary>A saga, declared: its steps in the order they are taken, and the states it can end in.</summary>
/// <param name="Name">What the saga is called.</param>
/// <param name="Steps">Its steps.</param>
public sealed record SagaDefinition(string Name, IReadOnlyList<SagaStep> Steps)
{
    /// <summary>
    /// What its keys begin with, so that they are no other saga's (<see cref="SagaKey"/>). Only the order saga, and its children,
    /// have nothing there: their key is the order's id.
    /// </summary>
    public string KeyPrefix { get; init; } = Name + SagaKey.Separator;

    /// <summary>The end where every step is done.</summary>
    public required string Succeeded { get; init; }

    /// <summary>The end after going backward.</summary>
    public required string Failed { get; init; }

    /// <summary>The end after going backward because somebody cancelled.</summary>
    public required string Cancelled { get; init; }

    /// <summary>
    /// The activity that stores its story (<see cref="ReportToStore"/>), as the last thing it does. It refuses a story that
    /// says the saga failed where a cancel was granted meanwhile: the saga then ends cancelled.
    /// </summary>
    public string Report { get; init; } = SagaActivities.StoreReport;

    /// <summary>Every activity that it names: those of its steps, compensations and notifications, and the one that stores its story.</summary>
    public IEnumerable<string> Activities => Steps.SelectMany(step => step.Activities)
        .Concat(Compensations.SelectMany(compensation => (string[])[compensation.Name, compensation.FailureNotice]))
        .Append(Report);

    /// <summary>What undoes its steps, the first step's first.</summary>
    public IEnumerable<Compensation> Compensations => Steps.Select(step => step.Compensation).OfType<Compensation>();

    /// <summary>The key of its saga about something, which is also its instance's id.</summary>
    /// <param name="id">What it is about, as an id (<see cref="SagaKey.IsId"/>).</param>
    public string KeyOf(string id) => KeyPrefix + id;

    /// <summary>Whether a state undoes a step.</summary>
    public bool IsCompensation(string state) => Compensations.Any(compensation => compensation.Name == state);

    /// <summary>Whether somebody is told in a state that a compensation failed.</summary>
    internal bool IsFailureNotice(string state) => Compensations.Any(compensation => compensation.FailureNotice == state);

    /// <summary>How long one attempt of an activity may take, where the declaration says so.</summary>
    internal TimeSpan? AttemptTimeoutOf(string activity) =>
        Steps.FirstOrDefault(step => step.Activities.Contains(activity, StringComparer.Ordinal))?.AttemptTimeout
        ?? Compensations.FirstOrDefault(compensation => compensation.Name == activity)?.AttemptTimeout;

    /// <summary>The end that belongs to an outcome.</summary>
    public string EndOf(SagaOutcome outcome) => outcome switch
    {
        SagaOutcome.Succeeded => Succeeded,
        SagaOutcome.Cancelled => Cancelled,
        _ => Failed,
    };
}
