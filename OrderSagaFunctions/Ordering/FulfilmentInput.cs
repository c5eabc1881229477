using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Ordering;

/// <summary>What a fulfilment saga starts with.</summary>
/// <param name="Stock">What is to be reserved and shipped, and from where.</param>
/// <param name="Settings">The order saga's settings.</param>
public sealed record FulfilmentInput(StockRequest Stock, SagaSettings Settings);
