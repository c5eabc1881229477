namespace OrderSagaFunctions.Saga;

/// <summary>How a saga ended.</summary>
public enum SagaOutcome
{
    /// <summary>Every step is done.</summary>
    Succeeded,

    /// <summary>A step failed or was refused, and the saga went backward.</summary>
    Failed,

    /// <summary>Somebody cancelled before the pivot, and the saga went backward.</summary>
    Cancelled,
}
