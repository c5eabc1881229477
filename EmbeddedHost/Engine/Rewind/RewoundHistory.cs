using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Engine.Rewind;

/// <summary>A failed instance's history without what failed.</summary>
/// <param name="Turns">The turns that stand.</param>
/// <param name="Late">Messages of the turns that do not, which the instance takes in again.</param>
internal sealed record RewoundHistory(IReadOnlyList<HistoryTurn> Turns, IReadOnlyList<HistoryEvent> Late)
{
    /// <summary>The sub-orchestrations that have no answer.</summary>
    public IEnumerable<HistoryEvent> OpenChildren
    {
        get
        {
            var answered = Turns.SelectMany(static turn => turn.Events).Concat(Late)
                .Where(static e => e.IsAnswer).Select(static e => e.TaskId).ToHashSet();
            return Turns.SelectMany(static turn => turn.Events)
                .Where(e => e.Kind == HistoryEventKind.SubOrchestrationCreated && !answered.Contains(e.TaskId));
        }
    }

    /// <summary>The first <paramref name="count"/> turns stand; the messages of the others that still mean something come late.</summary>
    public static RewoundHistory Cut(IReadOnlyList<HistoryTurn> turns, int count)
    {
        var asked = turns.Take(count).SelectMany(static turn => turn.Events)
            .Where(static e => e.IsAction).Select(static e => e.TaskId).ToHashSet();
        return new RewoundHistory(
            [.. turns.Take(count)],
            [.. turns.Skip(count).SelectMany(static turn => turn.Events).Where(e => e.IsAnswer
                ? asked.Contains(e.TaskId)
                : e.Kind is HistoryEventKind.EventRaised or HistoryEventKind.ExecutionSuspended or HistoryEventKind.ExecutionResumed)]);
    }
}
