using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>A page of sagas without progress, the longest without it first.</summary>
/// <param name="Sagas">The sagas.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
/// <param name="Unreadable">The rows because of which sagas may be left out; null where there are none.</param>
public sealed record StuckPage(IReadOnlyList<StuckSaga> Sagas, string? ContinuationToken, IReadOnlyList<UnreadableRow>? Unreadable = null);
