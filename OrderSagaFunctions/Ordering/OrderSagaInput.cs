using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Ordering;

/// <summary>What an order saga starts with.</summary>
/// <param name="Order">The accepted order.</param>
/// <param name="Settings">The settings of the moment, which hold for the whole run.</param>
/// <param name="Generation">Which saga of the order this is, counted from 1.</param>
public sealed record OrderSagaInput(Order Order, SagaSettings Settings, int Generation);
