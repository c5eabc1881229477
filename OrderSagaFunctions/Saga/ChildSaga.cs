namespace OrderSagaFunctions.Saga;

/// <summary>A part of a step that is a saga of its own, as the parent starts it.</summary>
/// <param name="Scope">Which part, such as a fulfilment location; unique within the saga.</param>
/// <param name="Input">The input of its orchestrator.</param>
/// <param name="Undos">What undoes it once it is done, the first step's compensation first.</param>
internal sealed record ChildSaga(string Scope, object Input, IReadOnlyList<Undo> Undos)
{
    /// <summary>What undoes it, in the order in which that has to run.</summary>
    public IEnumerable<Undo> UndosInReverse => Undos
        .Select((undo, index) => undo with { Scope = Scope, Number = Undos.Take(index).Count(other => other.Compensation.Name == undo.Compensation.Name) + 1 })
        .Reverse();
}
