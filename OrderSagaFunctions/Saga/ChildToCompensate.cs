using System.Text.Json;

namespace OrderSagaFunctions.Saga;

/// <summary>The input of <see cref="CompensateChild"/>.</summary>
/// <param name="Key">What the saga is about.</param>
/// <param name="Generation">Which saga of that.</param>
/// <param name="Scope">Which of its children.</param>
/// <param name="Outcome">How its parent will end.</param>
/// <param name="Settings">The parent's settings.</param>
/// <param name="Parks">How often the child had waited for an operator before.</param>
/// <param name="Undos">What undoes it, the first step's compensation first.</param>
public sealed record ChildToCompensate(
    string Key, int Generation, string Scope, SagaOutcome Outcome, SagaSettings Settings, int Parks, IReadOnlyList<StoredUndo> Undos);

/// <summary>A compensation with its input, on its way to another orchestration.</summary>
/// <param name="Compensation">The compensation.</param>
/// <param name="Input">The input of the step that it undoes.</param>
public sealed record StoredUndo(Compensation Compensation, JsonElement Input);
