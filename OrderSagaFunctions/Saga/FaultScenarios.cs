namespace OrderSagaFunctions.Saga;

/// <summary>Which sagas fail on purpose, and where: after the activity has acted.</summary>
/// <param name="KeyPrefixes">What the key of such a saga starts with, by the activity that fails for it.</param>
public sealed record FaultScenarios(IReadOnlyDictionary<string, string> KeyPrefixes);
