namespace OrderSagaFunctions.Payments;

/// <summary>How the money of one saga of an order stands.</summary>
public enum LedgerState
{
    /// <summary>Nothing is known to have been moved.</summary>
    Untouched,

    /// <summary>Debited.</summary>
    Debited,

    /// <summary>Credited, or kept from being debited at all: nothing moves any more.</summary>
    Undone,
}
