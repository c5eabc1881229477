namespace OrderSagaFunctions.Audit;

/// <summary>The answer of an audit.</summary>
/// <param name="Clean">Whether everything adds up.</param>
/// <param name="Orders">Orders accepted.</param>
/// <param name="Succeeded">Orders whose saga succeeded.</param>
/// <param name="Failed">Orders whose saga went backward.</param>
/// <param name="Running">Orders whose saga has not written its end; no rule was applied to them.</param>
/// <param name="Stopped">Orders whose saga was stopped before it did, as the reconciler has found; no rule was applied to them either.</param>
/// <param name="Unreadable">Orders with a row that cannot be read: each is a finding.</param>
/// <param name="OpenIncidents">What the ended and the stopped sagas left undone, all told.</param>
/// <param name="Items">Items in stock.</param>
/// <param name="ItemsInMotion">Items whose stock kept changing while it was counted; no rule was applied to them.</param>
/// <param name="FindingCount">How much does not add up.</param>
/// <param name="Findings">What that is: the first thousand.</param>
public sealed record AuditReport(
    bool Clean,
    int Orders,
    int Succeeded,
    int Failed,
    int Running,
    int Stopped,
    int Unreadable,
    int OpenIncidents,
    int Items,
    int ItemsInMotion,
    int FindingCount,
    IReadOnlyList<AuditFinding> Findings);
