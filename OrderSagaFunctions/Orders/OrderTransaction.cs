namespace OrderSagaFunctions.Orders;

/// <summary>Something an order has moved, as its rows say.</summary>
/// <param name="Type">What was moved.</param>
/// <param name="TransactionId">The id, the same however often the activity ran.</param>
/// <param name="At">When.</param>
public sealed record OrderTransaction(TransactionType Type, string TransactionId, DateTimeOffset At)
{
    /// <summary>How much money, in major units, where it was money.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The ISO 4217 code, where it was money.</summary>
    public string? Currency { get; init; }

    /// <summary>Where the stock is, where the order comes from several locations.</summary>
    public string? Location { get; init; }

    /// <summary>Which stock, where it was stock.</summary>
    public IReadOnlyList<TransactionItem>? Items { get; init; }
}

/// <summary>The stock of one item that a transaction moved.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
public sealed record TransactionItem(string ItemId, long Quantity);

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
