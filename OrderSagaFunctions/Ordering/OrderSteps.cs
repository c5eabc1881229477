using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using Sagas;

namespace OrderSagaFunctions.Ordering;

/// <summary>The order saga, declared: its steps in order, what each is undone by, and who is told where even that fails.</summary>
internal static class OrderSteps
{
    public static readonly SagaStep ProcessOrder = new(OrderActivities.ProcessOrder)
    {
        Compensation = new Compensation(OrderActivities.UpdateOrderStatus, NotificationActivities.NotifyUpdateOrderFail),
    };

    public static readonly SagaStep Checks = new(OrderStates.Checks)
    {
        Activities = [CheckActivities.CheckIdentity, CheckActivities.CheckAddress, CheckActivities.CheckCredit, CheckActivities.CheckFraud],
    };

    public static readonly SagaStep Review = SagaStep.ForReview(OrderStates.Review);

    public static readonly SagaStep ProcessPayment = new(PaymentActivities.ProcessPayment)
    {
        Compensation = new Compensation(PaymentActivities.ProcessRefund, NotificationActivities.NotifyProcessRefundFail),
    };

    /// <summary>One activity where all stock is at one location; else a child saga for each.</summary>
    public static readonly SagaStep ReserveInventory = new(InventoryActivities.ReserveInventory)
    {
        Compensation = new Compensation(InventoryActivities.ReleaseInventory, NotificationActivities.NotifyReleaseInventoryFail),
        Children = "fulfilment",
    };

    /// <summary>Closes the cancel gate and, in the same transaction, promises the customer the order.</summary>
    public static readonly SagaStep NotifySuccess = new(NotificationActivities.NotifySuccess) { Kind = StepKind.Pivot };

    public static readonly SagaDefinition Definition = new(
        "order", [ProcessOrder, Checks, Review, ProcessPayment, ReserveInventory, NotifySuccess])
    {
        KeyPrefix = string.Empty,
        Report = OrderActivities.StoreReport,
        Succeeded = OrderStates.OrderSucceeded,
        Failed = OrderStates.OrderFailed,
        Cancelled = OrderStates.OrderCancelled,
    };
}

/// <summary>The order saga and its children, as one.</summary>
internal static class OrderSagas
{
    /// <summary>Whether a state undoes a step of an order, or of a part of it.</summary>
    public static bool IsCompensation(string state) =>
        OrderSteps.Definition.IsCompensation(state) || FulfilmentSteps.Definition.IsCompensation(state);
}

/// <summary>The states of the order saga that are not also the name of the activity that does it.</summary>
public static class OrderStates
{
    /// <summary>Looks at the order from four sides at once; reads only.</summary>
    public const string Checks = "Checks";

    /// <summary>Waits for a person, where a check has flagged the order.</summary>
    public const string Review = "Review";

    /// <summary>The good end.</summary>
    public const string OrderSucceeded = "OrderSucceeded";

    /// <summary>The other end, after whatever compensation was possible.</summary>
    public const string OrderFailed = "OrderFailed";

    /// <summary>The same where somebody cancelled the order.</summary>
    public const string OrderCancelled = "OrderCancelled";
}
