using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>What the listeners of all queue functions share.</summary>
/// <param name="Store">The queues.</param>
/// <param name="Catalog">Runs the functions.</param>
/// <param name="Settings">What <c>host.json</c> says of queues.</param>
/// <param name="Scheduler">Where they run.</param>
/// <param name="GivenUp">Cancelled when the host waits for functions no longer.</param>
internal sealed record QueueServing(
    QueueStore Store, FunctionCatalog Catalog, QueueSettings Settings, IWorkScheduler Scheduler, CancellationToken GivenUp);

/// <summary>
/// Runs the app's queue functions. Nothing polls: a commit that lets a message be received wakes the functions of its queue, and
/// one timer is armed for what is hidden for a time.
/// </summary>
internal sealed class QueueTriggers : IHostedService, IDisposable
{
    private readonly QueueServing _serving;
    private readonly IReadOnlyList<QueueListener> _listeners;
    private readonly WakeQueue _wakes;

    public QueueTriggers(
        QueueStore store, FunctionCatalog catalog, QueueNames names, HostSettings settings, HostSetup setup, HostStop stop, TimeProvider clock, ILoggerFactory loggers)
    {
        _serving = new QueueServing(store, catalog, settings.Host.Queues, setup.Databases.Scheduler, stop.Overdue);
        _wakes = new WakeQueue(clock, (_, key) => _listeners![(int)key].Wake());
        _listeners =
        [
            .. catalog.Functions.Where(static function => function.Descriptor.Kind == TriggerKind.Queue).Select((function, key) => new QueueListener(
                function,
                names.Resolve(QueueBinding.Of(function.Descriptor.Trigger)),
                _serving,
                (queue, due) => _wakes.Arm(queue, key, due),
                loggers.CreateLogger($"Function.{function.Descriptor.FunctionName}"))),
        ];
    }

    /// <summary>Functions that run now.</summary>
    public int Running => _listeners.Sum(static listener => listener.Running);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var store = _serving.Store;
        // What functions held when the last run ended, nobody works on any more.
        if (store.HasHeld())
        {
            _ = await new ReleaseAllWork(store).RunAtOnceAsync();
        }

        var byQueue = _listeners.ToLookup(static listener => listener.Queue, StringComparer.Ordinal);
        store.OnChanged = queue => Wake(byQueue[queue]);
        Wake(_listeners);
    }

    /// <summary>Takes no more messages, and waits for the functions that run.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in _listeners)
        {
            listener.Stop();
        }

        while (Running > 0 && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }

    public void Dispose() => _wakes.Dispose();

    private static void Wake(IEnumerable<QueueListener> listeners)
    {
        foreach (var listener in listeners)
        {
            listener.Wake();
        }
    }
}
