namespace OrderSagaFunctions.Orders;

/// <summary>What kind of thing happened to an order.</summary>
public enum TimelineKind
{
    /// <summary>It was accepted.</summary>
    Accepted,

    /// <summary>An operator had it taken up again, by a new saga.</summary>
    Recovered,

    /// <summary>Its saga entered a state.</summary>
    Step,

    /// <summary>It was sent to review.</summary>
    ReviewRequested,

    /// <summary>Its review was decided, by a person or by the deadline.</summary>
    ReviewDecided,

    /// <summary>Its saga began to wait for an operator.</summary>
    Parked,

    /// <summary>What becomes of the wait was decided.</summary>
    ParkDecided,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>Its saga passed the pivot: it cannot be cancelled any more.</summary>
    Committed,

    /// <summary>Money or stock moved.</summary>
    Transaction,

    /// <summary>A shipment was booked, or cancelled.</summary>
    Shipment,

    /// <summary>Something was left undone.</summary>
    IncidentOpened,

    /// <summary>An operator had that tried again.</summary>
    IncidentRetried,

    /// <summary>That was dealt with.</summary>
    IncidentClosed,

    /// <summary>A notification was written.</summary>
    Notification,

    /// <summary>Its saga ended.</summary>
    Ended,
}
