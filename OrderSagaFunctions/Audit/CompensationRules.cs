using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using Sagas;

namespace OrderSagaFunctions.Audit;

/// <summary>The rules about how a saga went backward: each compensation that was due is done or left as an incident, and they ran in reverse.</summary>
internal static class CompensationRules
{
    /// <summary>What does not add up.</summary>
    public static IEnumerable<AuditFinding> Check(OrderTrace trace)
    {
        var due = trace.Succeeded ? [] : Due(OrderSteps.Definition, trace.Report.Path);
        var children = trace.Report.Children ?? [];
        // A step that fanned out is undone where its children are; what was left there is theirs.
        var own = children.Count == 0 ? due : due.Where(compensation => compensation != InventoryActivities.ReleaseInventory);
        return CheckIncidents(trace, scope: null, [.. own], trace.Report.Steps)
            .Concat(children.SelectMany(child => CheckChild(trace, child)))
            .Concat(CheckPath(trace, due, trace.Report.Path))
            .Concat(CheckRows(trace));
    }

    /// <summary>The compensations of the steps that were entered, the last step's first.</summary>
    private static List<string> Due(SagaDefinition saga, IReadOnlyList<string> path) =>
        [.. saga.Steps.Where(step => path.Contains(step.Name)).Select(step => step.Compensation?.Name).OfType<string>().Reverse()];

    private static IEnumerable<AuditFinding> CheckChild(OrderTrace trace, ChildReport child)
    {
        string[] path = [.. child.Steps.Select(step => step.Name)];
        // Of one that was stopped from outside nobody knows how far it came.
        var due = trace.Succeeded ? []
            : child.Steps.Any(step => step.Name == FulfilmentSteps.ReserveInventory.Name) ? Due(FulfilmentSteps.Definition, path)
            : [.. FulfilmentSteps.Definition.Compensations.Select(compensation => compensation.Name).Reverse()];
        return CheckIncidents(trace, child.Scope, due, child.Steps).Concat(CheckPath(trace, due, path));
    }

    private static IEnumerable<AuditFinding> CheckIncidents(OrderTrace trace, string? scope, List<string> due, IReadOnlyList<StepReport> steps)
    {
        var done = steps.Where(step => step.Outcome == StepOutcome.Succeeded).Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        var named = trace.OwnIncidents.Where(incident => incident.Scope == scope).Select(incident => incident.Compensation);
        // Of one that failed, what is neither due nor done was left by a run that was stopped: the next one did not get there.
        foreach (var compensation in due.Union(named.Where(name => trace.Succeeded || done.Contains(name)), StringComparer.Ordinal))
        {
            // What an operator has dealt with since counts as well: only done in the saga itself it needs no incident.
            var isLeft = due.Contains(compensation) && !done.Contains(compensation);
            var found = trace.IncidentsOf(compensation, scope).Count(incident => isLeft || incident.Status == IncidentStatus.Open);
            if (found != (isLeft ? 1 : 0))
            {
                var what = scope is null ? compensation : $"{compensation} at {scope}";
                yield return trace.Finding(
                    AuditRule.LeftoverHasOneIncident, isLeft ? $"one incident of {what}, which is not done" : $"no open incident of {what}", $"{found}");
            }
        }
    }

    private static IEnumerable<AuditFinding> CheckPath(OrderTrace trace, List<string> due, IReadOnlyList<string> path)
    {
        // One that waited for an operator was tried again, right after.
        var ran = path.Where(due.Contains).Distinct(StringComparer.Ordinal).ToList();
        var expected = due.Where(ran.Contains).ToList();
        if (!ran.SequenceEqual(expected, StringComparer.Ordinal))
        {
            yield return trace.Finding(AuditRule.CompensatedInReverse, string.Join(", ", expected), string.Join(", ", ran));
        }
    }

    // The path is what the saga says of itself; the rows' own times, which the store gives them, say it again.
    private static IEnumerable<AuditFinding> CheckRows(OrderTrace trace)
    {
        var credited = trace.Ledger.Where(row => row.Type == TransactionType.Credit).Select(row => row.WrittenAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Max();
        foreach (var row in trace.Reservations.Where(row => row.State == ReservationState.Released))
        {
            var scope = trace.ScopeOf(row.ItemId);
            if (row.WrittenAt > credited && !trace.IncidentsOf(InventoryActivities.ReleaseInventory, scope).Any())
            {
                yield return trace.Finding(
                    AuditRule.CompensatedInReverse, $"the stock given back before the credit of {credited:O}", $"it was at {row.WrittenAt:O}", row.ItemId);
            }

            var cancelled = trace.Shipments.FirstOrDefault(shipment =>
                shipment.Location == scope && shipment.Generation == trace.Order.Generation && shipment.State == ShipmentState.Cancelled);
            if (cancelled?.WrittenAt > row.WrittenAt && !trace.IncidentsOf(ShipmentActivities.CancelShipment, scope).Any())
            {
                yield return trace.Finding(
                    AuditRule.CompensatedInReverse, $"the shipment cancelled before the stock was given back at {row.WrittenAt:O}", $"it was at {cancelled.WrittenAt:O}", row.ItemId);
            }
        }
    }
}
