namespace OrderSagaFunctions.Saga;

/// <summary>A saga, as those find it who decide about it.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="InstanceId">The orchestration that runs it.</param>
public sealed record SagaInstance(string Key, string InstanceId);
