namespace OrderSagaFunctions.Orders;

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
