namespace Sagas.Drawing;

/// <summary>
/// What a picture shows of a saga's graph. The ways of a saga that was taken up after it was stopped stay out: they lead from
/// nearly every state to the last compensation, and would hide the others.
/// </summary>
public static class SagaPicture
{
    /// <summary>The ways that are drawn: one from a state to another, as what leads there first of success, failure and telling.</summary>
    public static IReadOnlyList<SagaTransition> WaysOf(SagaGraph graph) =>
    [
        .. graph.Transitions
            .Where(static way => way.On != TransitionCause.TakenUp)
            .GroupBy(static way => (way.From, way.To))
            .Select(static same => same.MinBy(static way => way.On)!),
    ];
}

/// <summary>How a saga's definition is told.</summary>
public enum DrawingFormat
{
    /// <summary>Its states and transitions, all of them.</summary>
    Json,

    /// <summary>A Mermaid flowchart, for a README or a wiki.</summary>
    Mermaid,

    /// <summary>The Amazon States Language, for its viewers.</summary>
    Asl,
}
