namespace OrderSagaFunctions.Orders;

/// <summary>A recovery as it was written down.</summary>
/// <param name="Recovery">The recovery.</param>
/// <param name="By">Who asked for it; empty where not said.</param>
/// <param name="At">When.</param>
internal sealed record StoredRecovery(Recovery Recovery, string By, DateTimeOffset At);
