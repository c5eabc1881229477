namespace OrderSagaFunctions.Orders;

/// <summary>What became of a claim.</summary>
internal enum ClaimResult
{
    /// <summary>The order is new, and this submission's own.</summary>
    New,

    /// <summary>The same submission was here before.</summary>
    Known,

    /// <summary>The key was used for another order, or the order id for other contents.</summary>
    OtherBody,

    /// <summary>The order was submitted under another key.</summary>
    OtherKey,
}
