namespace OrderSagaFunctions.Operations;

/// <summary>Whom a saga waits for.</summary>
public enum WaitsFor
{
    /// <summary>The order is in review.</summary>
    Reviewer,

    /// <summary>The saga is parked, or was stopped and has an incident.</summary>
    Operator,
}
