namespace OrderSagaFunctions.Saga;

/// <summary>What takes a saga from a state to the next.</summary>
public enum TransitionCause
{
    /// <summary>The state's work is done.</summary>
    Success,

    /// <summary>It failed, was refused, or the saga was cancelled after it.</summary>
    Failure,

    /// <summary>The same of a saga that was taken up after it was stopped: it undoes all that the run before may have done.</summary>
    TakenUp,

    /// <summary>A notification was sent, or could not be.</summary>
    Told,
}
