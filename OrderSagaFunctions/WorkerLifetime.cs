using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace OrderSagaFunctions;

/// <summary>
/// Leaves a worker's end to its Functions host. A terminal's Ctrl-C reaches both of them, and a worker that went at once
/// would be gone while the host still hands out turns: orchestrations would fail for good, and the host wait for answers.
/// </summary>
internal sealed class WorkerLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Whether a Functions host has started this process. The embedded host is in the process itself, and ends with it.</summary>
    public static bool IsWorker(IConfiguration configuration) => configuration["Functions:Worker:HostEndpoint"] is not null;

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            application.StopApplication();
        }));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(static signal => signal.Dispose());
}
