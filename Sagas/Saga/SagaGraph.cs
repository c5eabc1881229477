namespace Sagas;

/// <summary>A saga's states and transitions, as its declaration has them.</summary>
/// <param name="Name">The saga.</param>
/// <param name="Start">The state it begins in.</param>
/// <param name="States">Every state, with what it is.</param>
/// <param name="Transitions">Every way from one state to the next.</param>
public sealed record SagaGraph(
    string Name, string Start, IReadOnlyList<SagaState> States, IReadOnlyList<SagaTransition> Transitions)
{
    /// <summary>Whether a saga may go from one state straight to another.</summary>
    public bool Allows(string from, string to) => Transitions.Any(transition => transition.From == from && transition.To == to);

    /// <summary>Draws the graph of a declaration.</summary>
    public static SagaGraph Of(SagaDefinition saga)
    {
        var transitions = new List<SagaTransition>();
        for (var i = 0; i < saga.Steps.Count; i++)
        {
            var step = saga.Steps[i];
            transitions.AddRange(Next(saga, i + 1).Select(next => new SagaTransition(step.Name, next, TransitionCause.Success)));
            if (step.Kind != StepKind.Retriable)
            {
                var backward = Backward(saga, i, includesOwn: true).ToList();
                transitions.AddRange(backward.Select(back => new SagaTransition(step.Name, back, TransitionCause.Failure)));
                transitions.AddRange(Backward(saga, saga.Steps.Count - 1, includesOwn: true).Except(backward, StringComparer.Ordinal)
                    .Select(back => new SagaTransition(step.Name, back, TransitionCause.TakenUp)));
            }

            if (step.Kind != StepKind.Compensatable)
            {
                // It does not fail the saga any more: where even its last attempt fails, the saga goes on.
                transitions.AddRange(Next(saga, i + 1).Select(next => new SagaTransition(step.Name, next, TransitionCause.Failure)));
            }

            if (step.Compensation is { } compensation)
            {
                var earlier = Backward(saga, i, includesOwn: false).ToList();
                transitions.AddRange(earlier.Select(back => new SagaTransition(compensation.Name, back, TransitionCause.Success)));
                transitions.Add(new SagaTransition(compensation.Name, compensation.FailureNotice, TransitionCause.Failure));
                if (step.Children is not null)
                {
                    // What its children had to leave they have told themselves.
                    transitions.AddRange(earlier.Append(saga.Failed).Append(saga.Cancelled).Distinct(StringComparer.Ordinal)
                        .Select(next => new SagaTransition(compensation.Name, next, TransitionCause.Failure)));
                }

                // Parked, it is tried again; closed or continued, the earlier ones run; stopped, the saga ends.
                transitions.AddRange(((string[])[compensation.Name, .. earlier, saga.Failed, saga.Cancelled]).Distinct(StringComparer.Ordinal)
                    .Select(next => new SagaTransition(compensation.FailureNotice, next, TransitionCause.Told)));
            }
        }

        // Compensations may share a notification.
        return new SagaGraph(saga.Name, saga.Steps[0].Name, [.. StatesOf(saga).Distinct()], [.. transitions.Distinct()]);
    }

    private static IEnumerable<SagaState> StatesOf(SagaDefinition saga) =>
    [
        .. saga.Steps.Select(step => new SagaState(step.Name, step.Kind.ToString()) { CompensatedBy = step.Compensation?.Name, Children = step.Children, IsOptional = step.IsOptional }),
        .. saga.Steps.Select(step => step.Compensation).OfType<Compensation>().SelectMany(compensation => (SagaState[])
        [
            new(compensation.Name, SagaState.Compensation), new(compensation.FailureNotice, SagaState.Notification),
        ]),
        new(saga.Succeeded, SagaState.End), new(saga.Failed, SagaState.End), new(saga.Cancelled, SagaState.End),
    ];

    // Past optional steps up to, and with, the first that is not.
    private static IEnumerable<string> Next(SagaDefinition saga, int from)
    {
        for (var i = from; i < saga.Steps.Count; i++)
        {
            yield return saga.Steps[i].Name;
            if (!saga.Steps[i].IsOptional)
            {
                yield break;
            }
        }

        yield return saga.Succeeded;
    }

    private static IEnumerable<string> Backward(SagaDefinition saga, int from, bool includesOwn)
    {
        for (var i = includesOwn ? from : from - 1; i >= 0; i--)
        {
            if (saga.Steps[i].Compensation is { } compensation)
            {
                return [compensation.Name];
            }
        }

        return [saga.Failed, saga.Cancelled];
    }
}

/// <summary>A state of a saga's graph.</summary>
/// <param name="Name">Its name, as paths have it.</param>
/// <param name="Kind">Compensatable, Pivot, Retriable, Compensation, Notification or End.</param>
public sealed record SagaState(string Name, string Kind)
{
    /// <summary>The kind of a state that undoes a step.</summary>
    public const string Compensation = "Compensation";

    /// <summary>The kind of a state that tells that a compensation has failed.</summary>
    public const string Notification = "Notification";

    /// <summary>The kind of a state in which a saga ends.</summary>
    public const string End = "End";

    /// <summary>The state that undoes it, where there is one.</summary>
    public string? CompensatedBy { get; init; }

    /// <summary>The saga that its children run, where it may fan out.</summary>
    public string? Children { get; init; }

    /// <summary>Whether the saga may pass by without it.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>A way from one state to the next.</summary>
/// <param name="From">Where it leads from.</param>
/// <param name="To">Where it leads to.</param>
/// <param name="On">What takes the saga there.</param>
public sealed record SagaTransition(string From, string To, TransitionCause On);

/// <summary>What takes a saga from a state to the next.</summary>
public enum TransitionCause
{
    /// <summary>The state's work is done.</summary>
    Success,

    /// <summary>It failed, was refused, or the saga was cancelled after it.</summary>
    Failure,

    /// <summary>The same of a saga that was taken up after it was stopped: it undoes all that the run before may have done.</summary>
    TakenUp,

    /// <summary>A notification was sent, or could not be.</summary>
    Told,
}
