namespace OrderSagaFunctions.Saga;

/// <summary>How one step, compensation or notification ended.</summary>
public enum StepOutcome
{
    /// <summary>It has not ended yet.</summary>
    Running,

    /// <summary>It is done.</summary>
    Succeeded,

    /// <summary>It was refused for a business reason.</summary>
    Refused,

    /// <summary>It failed technically, and its attempts have run out.</summary>
    Failed,
}
