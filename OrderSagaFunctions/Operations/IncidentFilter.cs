namespace OrderSagaFunctions.Operations;

/// <summary>Which incidents are listed.</summary>
internal enum IncidentFilter
{
    /// <summary>Those that somebody has to deal with.</summary>
    Open,

    /// <summary>Those that are dealt with.</summary>
    Closed,

    /// <summary>Both.</summary>
    All,
}
