using System.Text;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// Replays a stored history, ended or not, with the app's code: turn by turn as it happened, and all at once as after a
/// restart. Stricter than going on from it: what the code decides has to be what is stored, inputs and times included.
/// </summary>
/// <param name="row">The instance, with its payloads.</param>
/// <param name="history">Its committed turns.</param>
/// <param name="services">What the engine has of its host.</param>
internal sealed class HistoryReplay(InstanceRow row, IReadOnlyList<HistoryTurn> history, EngineServices services)
{
    /// <summary>The first difference between what is stored and what the code does; null where there is none.</summary>
    public string? FindDifference() => history.Count == 0 ? null : FindInTurns() ?? FindAtOnce();

    private string? FindInTurns()
    {
        var execution = new OrchestrationExecution(row, [], services);
        NewStatus? status = null;
        for (var i = 0; i < history.Count; i++)
        {
            var turn = history[i];
            var result = execution.Turn(turn.At, [.. turn.Events.Where(static e => !e.IsAction)]);
            status = result.Status ?? status;
            if (Difference($"turn {i + 1} of {history.Count}", turn.Events.Where(static e => e.IsAction), result, isLast: i == history.Count - 1) is { } found)
            {
                return found;
            }
        }

        return status is { } last ? Difference("custom status", Text(row.CustomStatus), Text(last.Value)) : null;
    }

    private string? FindAtOnce()
    {
        var result = new OrchestrationExecution(row, history, services).Turn(history[^1].At, []);
        return Difference("the history as a whole", [], result, isLast: true);
    }

    private string? Difference(string where, IEnumerable<HistoryEvent> stored, TurnResult result, bool isLast) =>
        Difference(
            $"{where}: decisions",
            string.Join(Environment.NewLine, stored.Select(Decision)),
            string.Join(Environment.NewLine, result.Actions.Select(Decision)))
        ?? Difference($"{where}: outcome", isLast ? Stored() : "none", End(result.Outcome));

    private static string? Difference(string what, string stored, string found) => stored == found
        ? null
        : $"{what}, stored:{Environment.NewLine}{stored}{Environment.NewLine}with the code of now:{Environment.NewLine}{found}";

    private static string Decision(HistoryEvent action) =>
        $"{action} of version {action.Version}, for instance {action.InstanceId}, due {action.FireAt:O}, tagged {TagText.Write(action.Tags)}, "
        + $"with {Text(action.Payload)}";

    private string Stored() => !row.IsTerminal ? "none" : End(new ExecutionOutcome(
        row.State, row.Output, row.Failure is null ? null : HistoryCodec.DecodeFailure(row.Failure)));

    private static string End(ExecutionOutcome? outcome) => outcome switch
    {
        null => "none",
        { Next: { } next } => $"continued as new with {Text(next.Input)}",
        // Not its message and stack: those of a package's exceptions are others in each of its versions.
        { Failure: { } failure } => $"{outcome.State} by {failure.ErrorType}",
        _ => $"{outcome.State} with {Text(outcome.Output)}",
    };

    private static string Text(byte[]? payload) => payload is null ? "nothing" : Encoding.UTF8.GetString(payload);
}
