namespace OrderSagaFunctions.Ordering;

/// <summary>The states of the order saga, as its path names them. One that acts is also the name of the activity that does it.</summary>
public static class OrderStates
{
    /// <summary>Stores the order (T1).</summary>
    public const string ProcessOrder = "ProcessOrder";

    /// <summary>Looks at the order from four sides at once; reads only.</summary>
    public const string Checks = "Checks";

    /// <summary>Waits for a person, where a check has flagged the order.</summary>
    public const string Review = "Review";

    /// <summary>Debits the customer (T2).</summary>
    public const string ProcessPayment = "ProcessPayment";

    /// <summary>Reserves the stock of each line (T3).</summary>
    public const string ReserveInventory = "ReserveInventory";

    /// <summary>Tells that the order is committed.</summary>
    public const string NotifySuccess = "NotifySuccess";

    /// <summary>The good end.</summary>
    public const string OrderSucceeded = "OrderSucceeded";

    /// <summary>Gives the stock back (C3).</summary>
    public const string ReleaseInventory = "ReleaseInventory";

    /// <summary>Credits the customer (C2).</summary>
    public const string ProcessRefund = "ProcessRefund";

    /// <summary>Sets the order back to pending (C1).</summary>
    public const string UpdateOrderStatus = "UpdateOrderStatus";

    /// <summary>Tells that the stock could not be given back.</summary>
    public const string NotifyReleaseInventoryFail = "NotifyReleaseInventoryFail";

    /// <summary>Tells that the customer could not be credited.</summary>
    public const string NotifyProcessRefundFail = "NotifyProcessRefundFail";

    /// <summary>Tells that the order could not be set back.</summary>
    public const string NotifyUpdateOrderFail = "NotifyUpdateOrderFail";

    /// <summary>The other end, after whatever compensation was possible.</summary>
    public const string OrderFailed = "OrderFailed";

    /// <summary>The same where somebody cancelled the order.</summary>
    public const string OrderCancelled = "OrderCancelled";
}
