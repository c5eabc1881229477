namespace OrderSagaFunctions.Saga;

/// <summary>What becomes of a parked saga.</summary>
public enum ParkDecision
{
    /// <summary>The step or compensation is tried again.</summary>
    Retry,

    /// <summary>The saga goes backward.</summary>
    Cancel,

    /// <summary>The compensation was done by hand: the saga goes on as if it had succeeded.</summary>
    Close,

    /// <summary>Nobody decided in time: the saga goes backward.</summary>
    Overdue,
}
