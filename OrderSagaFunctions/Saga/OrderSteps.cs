namespace OrderSagaFunctions.Saga;

/// <summary>The steps of the order saga: what each is undone by, and who is told where even that fails.</summary>
internal static class OrderSteps
{
    public static readonly SagaStep ProcessOrder = new(
        OrderStates.ProcessOrder,
        new Compensation(OrderStates.UpdateOrderStatus, OrderStates.NotifyUpdateOrderFail));

    public static readonly SagaStep ProcessPayment = new(
        OrderStates.ProcessPayment,
        new Compensation(OrderStates.ProcessRefund, OrderStates.NotifyProcessRefundFail));

    public static readonly SagaStep ReserveInventory = new(
        OrderStates.ReserveInventory,
        new Compensation(OrderStates.ReleaseInventory, OrderStates.NotifyReleaseInventoryFail));

    /// <summary>All of them, in the order in which they are done.</summary>
    public static readonly IReadOnlyList<SagaStep> All = [ProcessOrder, ProcessPayment, ReserveInventory];
}
