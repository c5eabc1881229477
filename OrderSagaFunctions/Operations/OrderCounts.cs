using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>How many orders there are, by state.</summary>
/// <param name="Orders">Orders accepted.</param>
/// <param name="Running">Orders whose saga has not ended; those in review and parked are among them.</param>
/// <param name="InReview">Orders that wait for a reviewer.</param>
/// <param name="Parked">Orders whose saga waits for an operator.</param>
/// <param name="Retrying">Orders of which a step, or one of a child's, is tried again.</param>
/// <param name="Stopped">Orders whose saga was stopped before its end, as the reconciler has found.</param>
/// <param name="Succeeded">Orders whose saga succeeded.</param>
/// <param name="Failed">Orders whose saga went backward.</param>
/// <param name="Cancelled">Orders whose saga went backward because somebody cancelled.</param>
/// <param name="OpenIncidents">Incidents that nobody has dealt with.</param>
/// <param name="AsOf">When they were counted.</param>
public sealed record OrderCounts(
    int Orders,
    int Running,
    int InReview,
    int Parked,
    int Retrying,
    int Stopped,
    int Succeeded,
    int Failed,
    int Cancelled,
    int OpenIncidents,
    DateTimeOffset AsOf)
{
    /// <summary>The rows because of which something may not be counted; null where there are none.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable { get; init; }
}
