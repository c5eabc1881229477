using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Operations;

/// <summary>What was decided about an order, and by whom: for its page and its timeline in one form.</summary>
internal static class OrderDecisions
{
    /// <summary>The decisions, in the order of time. One without a name was no person's: a deadline's, or the saga's own.</summary>
    public static IReadOnlyList<TimelineEntry> Of(OrderRecord record)
    {
        IEnumerable<TimelineEntry>[] parts =
        [
            (record.Runs?.Recoveries ?? []).Select(recovery => Show(recovery.Note, TimelineKind.Recovered, recovery.Recovery.InstanceId)),
            record.Reviews.SelectMany(Show),
            record.Waits.SelectMany(Show),
            record.Gates.Where(static gate => gate.IsCancel).Select(static gate => Show(gate.Note, TimelineKind.Cancelled, nameof(SagaOutcome.Cancelled))),
            record.Incidents.SelectMany(Show),
        ];
        return [.. parts.SelectMany(static part => part).OrderBy(static entry => entry.At).ThenBy(static entry => entry.Kind)];
    }

    private static IEnumerable<TimelineEntry> Show(StoredReview review) => review.View.Decision is { } decision
        ? [Show(StoredNote.Of(decision.Reviewer, decision.Comment, decision.At), TimelineKind.ReviewDecided, review.View.Status)]
        : [];

    private static IEnumerable<TimelineEntry> Show(ParkedWait wait) => wait is { Decision: { } decision, Note: { } note }
        ? [Show(note, TimelineKind.ParkDecided, decision.ToString()) with { Location = wait.Task.Scope }]
        : [];

    private static IEnumerable<TimelineEntry> Show(Incident incident)
    {
        foreach (var retry in incident.Retries ?? [])
        {
            yield return Show(retry, TimelineKind.IncidentRetried, incident.Id) with { Location = incident.Scope };
        }

        if (incident.ClosedAt is { } at)
        {
            yield return Show(StoredNote.Of(incident.ClosedBy, incident.Resolution, at), TimelineKind.IncidentClosed, incident.Id) with { Location = incident.Scope };
        }
    }

    private static TimelineEntry Show(StoredNote note, TimelineKind kind, string name) => new(note.At, kind, name) { By = note.By, Detail = note.Reason };
}
