namespace OrderSagaFunctions.Orders;

/// <summary>What a transaction moved.</summary>
public enum TransactionType
{
    /// <summary>Money from the customer.</summary>
    Debit,

    /// <summary>Stock for the order.</summary>
    Reserve,

    /// <summary>Stock back from the order.</summary>
    Release,

    /// <summary>Money back to the customer.</summary>
    Credit,
}
