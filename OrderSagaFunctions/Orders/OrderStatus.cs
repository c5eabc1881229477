namespace OrderSagaFunctions.Orders;

/// <summary>How far an order has come, as its own row says.</summary>
public enum OrderStatus
{
    /// <summary>Accepted; its saga has not stored it yet.</summary>
    Received,

    /// <summary>Stored by ProcessOrder, and not undone.</summary>
    New,

    /// <summary>Set back by UpdateOrderStatus after a failure. Also the tombstone that refuses a late ProcessOrder.</summary>
    Pending,
}
