namespace OrderSagaFunctions.Saga;

/// <summary>A state of a saga's graph.</summary>
/// <param name="Name">Its name, as paths have it.</param>
/// <param name="Kind">Compensatable, Pivot, Retriable, Compensation, Notification or End.</param>
public sealed record SagaState(string Name, string Kind)
{
    internal const string Compensation = "Compensation";
    internal const string Notification = "Notification";
    internal const string End = "End";

    /// <summary>The state that undoes it, where there is one.</summary>
    public string? CompensatedBy { get; init; }

    /// <summary>The saga that its children run, where it may fan out.</summary>
    public string? Children { get; init; }

    /// <summary>Whether the saga may pass by without it.</summary>
    public bool IsOptional { get; init; }
}
