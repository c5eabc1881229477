using System.Text;
using System.Text.RegularExpressions;

namespace Sagas.Drawing;

/// <summary>
/// Draws a saga as a Mermaid flowchart: forward and back in lines, failures dotted. Where a notification tells that a
/// compensation failed the way ends: what follows is up to an operator.
/// </summary>
public static partial class MermaidDrawing
{
    /// <summary>As it is registered.</summary>
    public const string MediaType = "text/vnd.mermaid";

    /// <summary>The flowchart's text, with a line feed after each line.</summary>
    public static string Of(SagaGraph graph)
    {
        var ids = graph.States.Select(static (state, index) => (state.Name, Id: IdOf(state.Name, index)))
            .ToDictionary(static state => state.Name, static state => state.Id, StringComparer.Ordinal);
        var text = new StringBuilder("flowchart LR\n");
        foreach (var state in graph.States)
        {
            _ = text.Append("    ").Append(ids[state.Name]).Append(ShapeOf(state)).Append('\n');
        }

        foreach (var way in SagaPicture.WaysOf(graph).Where(static way => way.On != TransitionCause.Told))
        {
            _ = text.Append("    ").Append(ids[way.From]).Append(ArrowOf(way.On)).Append(ids[way.To]).Append('\n');
        }

        Style(text, "pivot", "stroke-width:3px", graph.States.Where(static state => state.Kind == nameof(StepKind.Pivot)));
        Style(text, "back", "stroke-dasharray:4 3", graph.States.Where(static state => state.Kind == SagaState.Compensation));
        return text.ToString();

        void Style(StringBuilder lines, string name, string style, IEnumerable<SagaState> states)
        {
            if (states.Select(state => ids[state.Name]).ToList() is { Count: > 0 } styled)
            {
                _ = lines.Append($"    classDef {name} {style}\n    class {string.Join(',', styled)} {name}\n");
            }
        }
    }

    // A name that Mermaid could take for a word of its own, or for a shape, is shown and not used.
    private static string IdOf(string name, int index) =>
        PlainName().IsMatch(name) && !name.Equals("end", StringComparison.OrdinalIgnoreCase) ? name : $"state{index}";

    private static string ShapeOf(SagaState state)
    {
        var label = $"\"{Escape(state.Name)}{(state.Kind == nameof(StepKind.Pivot) ? " (pivot)" : "")}\"";
        return state.Kind switch
        {
            SagaState.End => $"([{label}])",
            SagaState.Notification => $">{label}]",
            _ => state.Children is null ? $"[{label}]" : $"[[{label}]]",
        };
    }

    private static string ArrowOf(TransitionCause cause) => cause == TransitionCause.Success ? " --> " : " -. fails .-> ";

    // As Mermaid writes characters that mean something to it.
    private static string Escape(string name) => string.Concat(name.Select(static c =>
        char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' ? c.ToString() : $"#{(int)c};"));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.NonBacktracking)]
    private static partial Regex PlainName();
}

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
