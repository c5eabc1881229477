using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Review;

/// <summary>What the gate says. Who decided stays in the gate's row: an orchestration's history is no place for names.</summary>
/// <param name="Decided">Whether anyone has decided.</param>
/// <param name="Refusal">Why the order may not go on, where so.</param>
public sealed record ReviewVerdict(bool Decided, Refusal? Refusal = null)
{
    /// <summary>Reads a decision as a verdict.</summary>
    public static ReviewVerdict Of(ReviewDecision? decision) => decision switch
    {
        null => new ReviewVerdict(Decided: false),
        { Approved: true } => new ReviewVerdict(Decided: true),
        { TimedOut: true } => new ReviewVerdict(Decided: true, new Refusal("ReviewTimedOut", "Nobody decided in time.")),
        _ => new ReviewVerdict(Decided: true, new Refusal("ReviewRejected", "The reviewer rejected the order.")),
    };
}
