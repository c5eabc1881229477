using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Incidents;

namespace OrderSagaFunctions.Recovery;

/// <summary>The incidents of sagas that were stopped from outside: terminated, purged, or failed beyond their own code's reach.</summary>
public sealed class StoppedSagas(IncidentStore incidents, OrderIndex index)
{
    /// <summary>What such an incident names where others name their compensation.</summary>
    public const string Cause = "SagaStopped";

    /// <summary>
    /// The incident of one of an order's sagas. Recovered where nothing was undone, a saga goes on in the same generation,
    /// and may be stopped once more.
    /// </summary>
    /// <param name="generation">Which saga of the order.</param>
    /// <param name="recoveries">How often the order was taken up again before.</param>
    public static string IncidentId(int generation, int recoveries) =>
        recoveries == 0 ? $"stopped-{generation}" : $"stopped-{recoveries}-{generation}";

    /// <summary>Whether the saga of an order that has no report runs no more. One that has not begun yet was not stopped.</summary>
    /// <param name="order">The order.</param>
    /// <param name="instance">Its saga, or null where the host does not know it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal async Task<bool> IsStoppedAsync(StoredOrder order, OrchestrationMetadata? instance, CancellationToken cancellation) =>
        instance?.IsCompleted
        ?? !(order.HasStoredNothing && await index.IsToBeginAsync(order.OrderId, cancellation));

    /// <summary>Whether a saga is known to be stopped.</summary>
    internal async Task<bool> IsKnownAsync(string orderId, int generation, int recoveries, CancellationToken cancellation) =>
        await incidents.FindAsync(orderId, IncidentId(generation, recoveries), cancellation) is { } found && SaysThatItIsStopped(found.Incident);

    /// <summary>Whether the saga of such an incident still is: where nobody in person has closed it, the saga was started again.</summary>
    internal static bool SaysThatItIsStopped(Incident incident) => incident.Status == IncidentStatus.Open || incident.ClosedBy is not null;

    /// <summary>Closes an order's open ones: it goes on, or has ended.</summary>
    /// <returns>How many there were.</returns>
    internal Task<int> CloseAsync(string orderId, string resolution, string by, CancellationToken cancellation) =>
        CloseAsync(orderId, static incident => incident.Compensation == Cause, resolution, by, cancellation);

    /// <summary>
    /// Closes those that a saga opened before it was stopped, and that the one which took the order up has done: it knows
    /// nothing of them. Where it succeeded there is nothing left to undo.
    /// </summary>
    /// <returns>How many there were.</returns>
    internal Task<int> CloseRedoneAsync(string orderId, int generation, SagaReport report, CancellationToken cancellation) => CloseAsync(
        orderId,
        incident => OrderSagas.IsCompensation(incident.Compensation)
            && incident.IsOf(generation)
            && (report.Outcome == SagaOutcome.Succeeded || report.HasDone(incident.Compensation, incident.Scope)),
        "The saga that took the order up again has done it, or has no more need of it.",
        by: string.Empty,
        cancellation);

    private async Task<int> CloseAsync(
        string orderId, Func<Incident, bool> which, string resolution, string by, CancellationToken cancellation)
    {
        var closed = 0;
        foreach (var incident in await incidents.ReadAsync(orderId, cancellation))
        {
            if (incident.Status == IncidentStatus.Open && which(incident)
                && await incidents.TryCloseAsync(orderId, incident.Id, resolution, by, cancellation))
            {
                closed++;
            }
        }

        return closed;
    }
}

/// <summary>The incidents of stopped sagas: there is no compensation to run again.</summary>
internal sealed class StoppedSagaCause : IIncidentCause
{
    /// <inheritdoc />
    public string Name => StoppedSagas.Cause;

    /// <inheritdoc />
    public string WhyNotRetried(Incident incident) =>
        $"Incident '{incident.Id}' is a saga that was stopped, not a compensation. Recover the order, or close the incident.";

    /// <inheritdoc />
    public Task ClosedByHandAsync(DurableTaskClient client, string input, CancellationToken cancellation) => Task.CompletedTask;
}
