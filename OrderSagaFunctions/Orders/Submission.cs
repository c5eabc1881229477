namespace OrderSagaFunctions.Orders;

/// <summary>A submitted order on its way in.</summary>
/// <param name="Order">The order.</param>
/// <param name="InstanceId">The saga's id, derived from the idempotency key.</param>
/// <param name="BodyHash">The fingerprint of what the client sent, whatever its spelling.</param>
internal sealed record Submission(Order Order, string InstanceId, string BodyHash);
