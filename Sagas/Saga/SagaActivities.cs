namespace Sagas;

/// <summary>The activities that every saga of the kit uses, whatever its steps: they know a saga by its key.</summary>
public static class SagaActivities
{
    /// <summary>Publishes that a saga waits for an operator.</summary>
    public const string Park = "ParkSaga";

    /// <summary>Settles at a parked saga's gate who decided.</summary>
    public const string DecidePark = "DecidePark";

    /// <summary>Settles at the cancel gate whether the saga is cancelled.</summary>
    public const string ConfirmCancel = "ConfirmCancel";

    /// <summary>Closes the cancel gate of a saga whose pivot has failed for good, unless it was cancelled.</summary>
    public const string SettlePivot = "SettlePivot";

    /// <summary>Publishes that a saga waits for a review.</summary>
    public const string RequestReview = "RequestReview";

    /// <summary>Settles at the review gate who decided.</summary>
    public const string DecideReview = "DecideReview";

    /// <summary>Writes down what is left undone.</summary>
    public const string OpenIncidents = "OpenIncidents";

    /// <summary>Writes down that an incident is dealt with.</summary>
    public const string CloseIncident = "CloseIncident";

    /// <summary>Stores a saga's story, where its definition does not name an activity of its own for that.</summary>
    public const string StoreReport = "StoreSagaReport";

    /// <summary>All that no definition names: they have to happen in the end, and so are tried as long as compensations.</summary>
    public static readonly IReadOnlyList<string> All = [Park, DecidePark, ConfirmCancel, SettlePivot, OpenIncidents, CloseIncident];
}
