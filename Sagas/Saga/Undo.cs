namespace Sagas;

/// <summary>A compensation that may have to run.</summary>
/// <param name="Compensation">The compensation.</param>
/// <param name="Input">The input of the step that it undoes; of one that fanned out, its <see cref="FanOut"/>.</param>
/// <param name="Scope">Which part of a fan-out it belongs to; null where to none.</param>
public sealed record Undo(Compensation Compensation, object Input, string? Scope = null)
{
    /// <summary>Which of the undos with this compensation it is, counted from 1: a step may be done more than once, each time with another input.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Whether an earlier run of the saga may have done its step, and not this one.</summary>
    public bool IsTakenOver { get; init; }

    /// <summary>The same, numbered after those that are there before it.</summary>
    internal Undo After(IEnumerable<Undo> earlier) =>
        this with { Number = earlier.Count(other => other.Compensation.Name == Compensation.Name) + 1 };

    /// <summary>What is left undone where it does not run: of a fan-out, what its children have done.</summary>
    internal IEnumerable<Undo> Parts => Input is FanOut fanOut ? fanOut.Children.Where(fanOut.HasToBeUndone).SelectMany(child => child.UndosInReverse) : [this];
}
