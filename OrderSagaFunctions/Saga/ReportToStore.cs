namespace OrderSagaFunctions.Saga;

/// <summary>The input of <see cref="SagaDefinition.Report"/>.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Report">Its whole story.</param>
public sealed record ReportToStore(string Key, int Generation, SagaReport Report);
