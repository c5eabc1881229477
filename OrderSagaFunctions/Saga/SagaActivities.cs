namespace OrderSagaFunctions.Saga;

/// <summary>The activities that every saga of the kit uses, whatever its steps.</summary>
public static class SagaActivities
{
    /// <summary>Publishes that a saga waits for an operator.</summary>
    public const string Park = "ParkSaga";

    /// <summary>Settles at a parked saga's gate who decided.</summary>
    public const string DecidePark = "DecidePark";

    /// <summary>Settles at the cancel gate whether the saga is cancelled.</summary>
    public const string ConfirmCancel = "ConfirmCancel";

    /// <summary>Writes down what a failed compensation leaves undone.</summary>
    public const string OpenIncidents = "OpenIncidents";

    /// <summary>Writes down that an incident is dealt with.</summary>
    public const string CloseIncident = "CloseIncident";

    /// <summary>Stores the saga's story, as the last thing it does.</summary>
    public const string StoreReport = "StoreReport";

    /// <summary>All of them: they have to happen in the end, and so are tried as long as compensations.</summary>
    public static readonly IReadOnlyList<string> All = [Park, DecidePark, ConfirmCancel, OpenIncidents, CloseIncident, StoreReport];
}
