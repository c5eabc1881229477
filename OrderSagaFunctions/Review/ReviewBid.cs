namespace OrderSagaFunctions.Review;

/// <summary>The input of DecideReview: what woke the saga, to be entered at the gate where nobody was there before.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Overdue">Whether it was the deadline.</param>
/// <param name="Answer">The event's own answer, where it holds one.</param>
public sealed record ReviewBid(string OrderId, int Generation, bool Overdue, ReviewAnswer? Answer);
