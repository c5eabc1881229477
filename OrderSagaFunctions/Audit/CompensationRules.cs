using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Audit;

/// <summary>The rules about how a saga went backward: each compensation that was due is done or left as an incident, and they ran in reverse.</summary>
internal static class CompensationRules
{
    /// <summary>What does not add up.</summary>
    public static IEnumerable<AuditFinding> Check(OrderTrace trace)
    {
        var due = trace.Succeeded ? [] : Due(trace.Report.Path);
        return CheckIncidents(trace, due).Concat(CheckPath(trace, due)).Concat(CheckRows(trace));
    }

    /// <summary>The compensations of the steps that were entered, the last step's first.</summary>
    private static List<string> Due(IReadOnlyList<string> path) =>
        [.. OrderSteps.Definition.Steps.Where(step => path.Contains(step.Name)).Select(step => step.Compensation?.Name).OfType<string>().Reverse()];

    private static IEnumerable<AuditFinding> CheckIncidents(OrderTrace trace, List<string> due)
    {
        var done = trace.Report.Steps.Where(step => step.Outcome == StepOutcome.Succeeded).Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var compensation in due.Union(trace.OwnIncidents.Select(incident => incident.Compensation), StringComparer.Ordinal))
        {
            // What an operator has dealt with since counts as well: only done in the saga itself it needs no incident.
            var isLeft = due.Contains(compensation) && !done.Contains(compensation);
            var found = trace.IncidentsOf(compensation).Count(incident => isLeft || incident.Status == IncidentStatus.Open);
            if (found != (isLeft ? 1 : 0))
            {
                yield return trace.Finding(
                    AuditRule.LeftoverHasOneIncident,
                    isLeft ? $"one incident of {compensation}, which is not done" : $"no open incident of {compensation}",
                    $"{found}");
            }
        }
    }

    private static IEnumerable<AuditFinding> CheckPath(OrderTrace trace, List<string> due)
    {
        // One that waited for an operator was tried again, right after.
        var ran = trace.Report.Path.Where(due.Contains).Distinct(StringComparer.Ordinal).ToList();
        var expected = due.Where(ran.Contains).ToList();
        if (!ran.SequenceEqual(expected, StringComparer.Ordinal))
        {
            yield return trace.Finding(AuditRule.CompensatedInReverse, string.Join(", ", expected), string.Join(", ", ran));
        }
    }

    // The path is what the saga says of itself; the rows' own times, which the store gives them, say it again.
    private static IEnumerable<AuditFinding> CheckRows(OrderTrace trace)
    {
        var released = trace.Reservations.Where(row => row.State == ReservationState.Released).Select(row => row.WrittenAt).DefaultIfEmpty().Max();
        var credited = trace.Ledger.Where(row => row.Type == TransactionType.Credit).Select(row => row.WrittenAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Max();
        if (released > credited && !trace.IncidentsOf(OrderStates.ReleaseInventory).Any())
        {
            yield return trace.Finding(AuditRule.CompensatedInReverse, $"the stock given back before the credit of {credited:O}", $"it was at {released:O}");
        }
    }
}
