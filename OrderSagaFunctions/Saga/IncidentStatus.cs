namespace OrderSagaFunctions.Saga;

/// <summary>How an incident stands.</summary>
public enum IncidentStatus
{
    /// <summary>Somebody has to deal with it.</summary>
    Open,

    /// <summary>It is dealt with.</summary>
    Closed,
}
