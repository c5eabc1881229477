namespace OrderSagaFunctions.Saga;

/// <summary>
/// Ends a saga that went backward, so that its instance is Failed and every operator's "show me what failed" finds it.
/// </summary>
public sealed class SagaFailedException(string message) : Exception(message);
