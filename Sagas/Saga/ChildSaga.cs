using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Sagas;

/// <summary>A part of a step that is a saga of its own, as the parent starts it.</summary>
/// <param name="Scope">Which part, such as a fulfilment location; unique within the saga.</param>
/// <param name="Input">The input of its orchestrator.</param>
/// <param name="Undos">What undoes it once it is done, the first step's compensation first.</param>
public sealed record ChildSaga(string Scope, object Input, IReadOnlyList<Undo> Undos)
{
    /// <summary>What undoes it, in the order in which that has to run.</summary>
    internal IEnumerable<Undo> UndosInReverse => Undos
        .Select((undo, index) => undo.After(Undos.Take(index)) with { Scope = Scope })
        .Reverse();
}

/// <summary>What a child saga returns. It never throws: its parent has to know what it completed and why it stopped.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">What happened in each of its states.</param>
/// <param name="Incidents">What it had to leave undone.</param>
/// <param name="Notices">How many notifications it sent.</param>
/// <param name="Parks">How often it waited for an operator.</param>
public sealed record ChildResult(
    SagaOutcome Outcome, IReadOnlyList<StepReport> Steps, IReadOnlyList<Incident> Incidents, int Notices, int Parks)
{
    /// <summary>Where it stopped, or null where it is done.</summary>
    public StepFailure? Failure { get; init; }
}

/// <summary>The story of a child saga, as its parent tells it.</summary>
/// <param name="Scope">Which part of the parent's step it did, such as a fulfilment location.</param>
/// <param name="InstanceId">The orchestration instance, where the host still knows it.</param>
/// <param name="Outcome">How it ended; null while it runs, and where it was stopped from outside.</param>
/// <param name="Steps">What happened in each of its states, those of its compensation later on included.</param>
public sealed record ChildReport(string Scope, string InstanceId, SagaOutcome? Outcome, IReadOnlyList<StepReport> Steps)
{
    /// <summary>The orchestration instance that undoes what it has done, while that runs.</summary>
    public string? CompensatedBy { get; init; }
}

/// <summary>A step done by child sagas, and what became of each.</summary>
/// <param name="children">The child sagas of the step.</param>
public sealed class FanOut(IReadOnlyList<ChildSaga> children)
{
    /// <summary>The child sagas of the step, whether they have been started or not.</summary>
    public IReadOnlyList<ChildSaga> Children { get; } = children;

    /// <summary>What each child returned, by scope; null where it was stopped from outside, nothing where it was not started by this saga.</summary>
    internal Dictionary<string, ChildResult?> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it has a child.</summary>
    public bool Has(ChildSaga child) => Children.Any(other => other.Scope == child.Scope);

    /// <summary>Whether somebody cancelled while a child waited for an operator.</summary>
    public bool IsCancelled => Results.Values.Any(static result => result?.Outcome == SagaOutcome.Cancelled);

    /// <summary>Whether a child has something to undo: one that stopped by itself has compensated itself.</summary>
    internal bool HasToBeUndone(ChildSaga child) => Results.GetValueOrDefault(child.Scope) is null or { Outcome: SagaOutcome.Succeeded };

    /// <summary>Why a child did not succeed, or null where it did.</summary>
    internal StepFailure? FailureOf(ChildSaga child, string step) => Results[child.Scope] switch
    {
        null => new StepFailure(step, StepOutcome.Failed, $"{child.Scope}: stopped from outside", $"{step} at {child.Scope} was stopped from outside."),
        { Failure: { } failure } => failure with { Step = step, Error = $"{child.Scope}: {failure.Error}", Message = $"{step} at {child.Scope}: {failure.Message}" },
        _ => null,
    };
}

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

/// <summary>
/// Undoes a child saga that had done its part, because its parent goes backward. All of them run before the parent undoes
/// what came before the fan-out (Garcia-Molina and Salem on parallel sagas).
/// </summary>
public static class CompensateChild
{
    /// <summary>The orchestrator. It does not throw: what it has to leave undone is in its result.</summary>
    [Function(nameof(CompensateChild))]
    public static async Task<ChildResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var child = context.GetInput<ChildToCompensate>()!;
        var saga = SagaRun.ToUndo(context, new SagaId(child.Key, child.Generation, child.Scope), child.Settings, child.Parks);
        return await saga.UndoChildAsync(child.Undos, child.Outcome);
    }
}

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
