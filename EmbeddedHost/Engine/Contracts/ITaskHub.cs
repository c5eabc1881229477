using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Contracts;

/// <summary>The engine as the host starts, stops and asks it.</summary>
internal interface ITaskHub
{
    /// <summary>The client that the app's functions and the management API use.</summary>
    DurableTaskClient Client { get; }

    /// <summary>Opens the hub and takes up what an earlier run left unfinished.</summary>
    Task StartAsync(CancellationToken ct);

    /// <summary>Lets running work end, as long as the token allows, and closes the hub. What is on disk stays.</summary>
    Task StopAsync(CancellationToken ct);

    /// <summary>An instance's history for readers, scheduled and completed merged; null where there is no such instance.</summary>
    Task<HistoryDocument?> ReadHistoryAsync(string instanceId, bool includePayloads, CancellationToken ct);
}
