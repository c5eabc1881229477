namespace OrderSagaFunctions.Operations;

/// <summary>Something that happened to an order.</summary>
/// <param name="At">When; of a step, when its saga entered it.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Name">What it was: a step, a decision, a transaction's type, an incident's id.</param>
public sealed record TimelineEntry(DateTimeOffset At, TimelineKind Kind, string Name)
{
    /// <summary>At which of several locations; null where that does not matter.</summary>
    public string? Location { get; init; }

    /// <summary>Of a step, when it ended, where it has.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Of a step, how it ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>Of a step, how often it was tried.</summary>
    public int? Attempts { get; init; }

    /// <summary>Who did it, where a person did and said so.</summary>
    public string? By
    {
        get;
        init => field = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Why, or what: an error, a comment, an amount.</summary>
    public string? Detail { get; init; }
}

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
