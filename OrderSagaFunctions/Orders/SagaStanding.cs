using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>How an order's latest saga stands, as whoever takes the order up again has to know it.</summary>
/// <param name="Outcome">How it ended, or null where it has not, or nobody knows.</param>
/// <param name="HasCompensated">Whether it, or a child of it, has begun to go backward.</param>
/// <param name="IsHalfUndone">Whether it has, and has left something that is not undone.</param>
/// <param name="IsCancelled">Whether its cancel was granted.</param>
internal sealed record SagaStanding(SagaOutcome? Outcome, bool HasCompensated, bool IsHalfUndone, bool IsCancelled)
{
    /// <summary>
    /// Whether the next saga begins anew, with effects of its own. One that was stopped on its way back goes on as the same
    /// saga: what became of the compensation that was under way nobody knows, and rows say nothing of a refund that was made, or
    /// is due, unheard. So does one that was cancelled: the next one would have a gate of its own, which nobody holds.
    /// </summary>
    public bool IsDoneWith => HasCompensated && Outcome is not null && !IsHalfUndone && !IsCancelled;

    /// <summary>Whether the next saga goes on as the same one, back to its end.</summary>
    public bool GoesBack => HasCompensated && !IsDoneWith;
}
