using Microsoft.DurableTask.Client;

namespace Sagas.Incidents;

/// <summary>A cause of incidents that is no compensation: an app's own, such as a message that could not be delivered.</summary>
public interface IIncidentCause
{
    /// <summary>What its incidents have in place of a compensation's name.</summary>
    string Name { get; }

    /// <summary>Why such an incident cannot be retried, as a sentence; null if the activity that it names can be run again.</summary>
    string? WhyNotRetried(Incident incident);

    /// <summary>Called after such an incident was closed by hand; it may be called again.</summary>
    /// <param name="client">Wakes who waits for it.</param>
    /// <param name="input">The activity's input, as the incident has it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    Task ClosedByHandAsync(DurableTaskClient client, string input, CancellationToken cancellation);
}

/// <summary>Finds the instance that runs a key's saga, in an app where that may be another one than the key says.</summary>
public interface ISagaInstances
{
    /// <summary>The latest saga of a key, or null if the key is none of the app's.</summary>
    Task<SagaInstance?> FindAsync(string key, CancellationToken cancellation);
}
