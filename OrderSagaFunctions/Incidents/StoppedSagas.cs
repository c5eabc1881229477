using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Incidents;

/// <summary>The incidents of sagas that were stopped from outside: terminated, purged, or failed beyond their own code's reach.</summary>
public sealed class StoppedSagas(IncidentStore incidents)
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

    /// <summary>Whether a saga is known to be stopped.</summary>
    internal async Task<bool> IsKnownAsync(string orderId, int generation, int recoveries, CancellationToken cancellation) =>
        await incidents.FindAsync(orderId, IncidentId(generation, recoveries), cancellation) is not null;

    /// <summary>Closes an order's open ones: it goes on, or has ended.</summary>
    /// <returns>How many there were.</returns>
    internal async Task<int> CloseAsync(string orderId, string resolution, string by, CancellationToken cancellation)
    {
        var closed = 0;
        foreach (var incident in await incidents.ReadAsync(orderId, cancellation))
        {
            if (incident is { Compensation: Cause, Status: IncidentStatus.Open }
                && await incidents.TryCloseAsync(orderId, incident.Id, resolution, by, cancellation))
            {
                closed++;
            }
        }

        return closed;
    }
}
