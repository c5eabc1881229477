namespace OrderSagaFunctions.Operations;

/// <summary>A page of sagas without progress, the longest without it first.</summary>
/// <param name="Sagas">The sagas.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
public sealed record StuckPage(IReadOnlyList<StuckSaga> Sagas, string? ContinuationToken);
