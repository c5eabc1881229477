namespace OrderSagaFunctions.Saga;

/// <summary>A saga, declared: its steps in the order they are taken, and the states it can end in.</summary>
/// <param name="Name">What the saga is called.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record SagaDefinition(string Name, IReadOnlyList<SagaStep> Steps)
{
    /// <summary>The end where every step is done.</summary>
    public required string Succeeded { get; init; }

    /// <summary>The end after going backward.</summary>
    public required string Failed { get; init; }

    /// <summary>The end after going backward because somebody cancelled.</summary>
    public required string Cancelled { get; init; }

    /// <summary>Whether a state undoes a step.</summary>
    public bool IsCompensation(string state) => Steps.Any(step => step.Compensation?.Name == state);

    /// <summary>Whether somebody is told in a state that a compensation failed.</summary>
    public bool IsFailureNotice(string state) => Steps.Any(step => step.Compensation?.FailureNotice == state);

    /// <summary>The end that belongs to an outcome.</summary>
    public string EndOf(SagaOutcome outcome) => outcome switch
    {
        SagaOutcome.Succeeded => Succeeded,
        SagaOutcome.Cancelled => Cancelled,
        _ => Failed,
    };
}
