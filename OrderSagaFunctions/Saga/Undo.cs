namespace OrderSagaFunctions.Saga;

/// <summary>A compensation that may have to run.</summary>
/// <param name="Compensation">The compensation.</param>
/// <param name="Input">The input of the step that it undoes; of one that fanned out, its <see cref="FanOut"/>.</param>
/// <param name="Scope">Which part of a fan-out it belongs to; null where to none.</param>
internal sealed record Undo(Compensation Compensation, object Input, string? Scope = null)
{
    /// <summary>What is left undone where it does not run: of a fan-out, what its children have done.</summary>
    public IEnumerable<Undo> Parts => Input is FanOut fanOut ? fanOut.Children.Where(fanOut.HasToBeUndone).SelectMany(child => child.UndosInReverse) : [this];
}
