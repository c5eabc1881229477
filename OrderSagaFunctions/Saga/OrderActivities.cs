namespace OrderSagaFunctions.Saga;

/// <summary>The activities of the order saga that are not states of their own, and the names that settings may give.</summary>
public static class OrderActivities
{
    /// <summary>Who orders.</summary>
    public const string CheckIdentity = "CheckIdentity";

    /// <summary>Where it goes.</summary>
    public const string CheckAddress = "CheckAddress";

    /// <summary>How much it costs.</summary>
    public const string CheckCredit = "CheckCredit";

    /// <summary>Whether it looks like what a customer orders.</summary>
    public const string CheckFraud = "CheckFraud";

    /// <summary>Publishes the review task.</summary>
    public const string RequestReview = "RequestReview";

    /// <summary>Settles at the review gate who decided.</summary>
    public const string DecideReview = "DecideReview";

    /// <summary>The activities that may fail and send the saga backward.</summary>
    public static readonly IReadOnlyList<string> Forward =
    [
        OrderStates.ProcessOrder, CheckIdentity, CheckAddress, CheckCredit, CheckFraud, RequestReview, DecideReview,
        OrderStates.ProcessPayment, OrderStates.ReserveInventory,
    ];

    /// <summary>The activities that have to happen in the end, and so are tried longer.</summary>
    public static readonly IReadOnlyList<string> Final =
    [
        OrderStates.NotifySuccess, OrderStates.ReleaseInventory, OrderStates.ProcessRefund, OrderStates.UpdateOrderStatus,
        OrderStates.NotifyReleaseInventoryFail, OrderStates.NotifyProcessRefundFail, OrderStates.NotifyUpdateOrderFail,
        .. SagaActivities.All,
    ];
}
