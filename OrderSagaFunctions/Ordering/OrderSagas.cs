namespace OrderSagaFunctions.Ordering;

/// <summary>The order saga and its children, as one.</summary>
internal static class OrderSagas
{
    /// <summary>Whether a state undoes a step of an order, or of a part of it.</summary>
    public static bool IsCompensation(string state) =>
        OrderSteps.Definition.IsCompensation(state) || FulfilmentSteps.Definition.IsCompensation(state);
}
