namespace OrderSagaFunctions.Saga;

/// <summary>A way from one state to the next.</summary>
/// <param name="From">Where it leads from.</param>
/// <param name="To">Where it leads to.</param>
/// <param name="On">What takes the saga there.</param>
public sealed record SagaTransition(string From, string To, TransitionCause On);
