using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sagas.Claims;

/// <summary>
/// Finishes at the app's start the claims of the process before it. On Azure no client can be had outside of a function: the
/// first call does it there.
/// </summary>
internal sealed class ClaimStartup(
    IServiceProvider services, ClaimFinisher finisher, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ClaimStartup> logger)
    : IHostedLifecycleService
{
    private Task _run = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // "Started" comes after every hosted service's start, and so after that of the task hub. Nothing waits for the run.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<DurableTaskClient>() is { } client)
        {
            _run = RunAsync(client, lifetime.ApplicationStopping);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _run;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync(DurableTaskClient client, CancellationToken stopping)
    {
        try
        {
            // Those that are too young now are waited for; none comes to be without a call, which looks for itself.
            while (await finisher.FinishAsync(client, stopping) is { } next)
            {
                await Task.Delay(next - time.GetUtcNow(), time, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The app stops; the next start goes on.
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "The claims without a saga could not be read at the start. The calls to come look for them.");
        }
    }
}
