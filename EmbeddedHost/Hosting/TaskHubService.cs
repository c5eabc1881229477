using EmbeddedHost.Hosting.Configuration;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting;

/// <summary>Starts the task hub before anything that uses it, and stops it after.</summary>
internal sealed class TaskHubService(IHostRuntime runtime, HostSettings settings, EmbeddedRuntime? embedded = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => runtime.Hub.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await runtime.Hub.StopAsync(cancellationToken);
        if (settings.Arguments.StatsFile is { } file)
        {
            embedded!.Stats.WriteTo(file);
        }
    }
}
