using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Binding;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>What the listeners of all queue functions share.</summary>
/// <param name="Catalog">Runs the functions.</param>
/// <param name="Settings">What <c>host.json</c> says of queues.</param>
/// <param name="Scheduler">Where they run.</param>
/// <param name="Clock">The host's clock.</param>
/// <param name="Runtime">Is told what runs.</param>
/// <param name="Stopping">Cancelled when the host's stop begins: no message is taken from then on.</param>
/// <param name="GivenUp">Cancelled when the host waits for functions no longer.</param>
internal sealed record QueueServing(
    FunctionCatalog Catalog,
    QueueSettings Settings,
    IWorkScheduler Scheduler,
    TimeProvider Clock,
    IHostRuntime Runtime,
    CancellationToken Stopping,
    CancellationToken GivenUp);

/// <summary>
/// Runs the app's queue functions. On queues of this host nothing polls: a commit that lets a message be received wakes the functions
/// of its queue, and one timer is armed for what is hidden for a time. The same timer tells when to ask a storage account again.
/// </summary>
internal sealed partial class QueueTriggers : IHostedService, IDisposable
{
    private readonly QueueStore? _own;
    private readonly IReadOnlyList<QueueListener> _listeners;
    private readonly WakeQueue _wakes;

    public QueueTriggers(
        FunctionCatalog catalog,
        QueueNames names,
        QueueConnections connections,
        HostSettings settings,
        HostSetup setup,
        IHostRuntime runtime,
        IConfiguration configuration,
        HostStop stop,
        TimeProvider clock,
        ILoggerFactory loggers)
    {
        var serving = new QueueServing(catalog, settings.Host.Queues, setup.Databases.Scheduler, clock, runtime, stop.Begun, stop.Overdue);
        _own = connections.Own;
        _wakes = new WakeQueue(clock, (_, key) => _listeners![(int)key].Wake());
        _listeners =
        [
            .. catalog.Functions.Where(function => TakesMessages(function.Descriptor, configuration, loggers)).Select((function, key) =>
            {
                var binding = QueueBinding.Of(function.Descriptor.Trigger);
                var logger = LogOf(function.Descriptor, loggers);
                var queue = connections.Of(binding).TriggerQueue(names.Resolve(binding), logger);
                return new QueueListener(function, queue, serving, (name, due) => _wakes.Arm(name, key, due), logger);
            }),
        ];
    }

    /// <summary>Functions that run now.</summary>
    public int Running => _listeners.Sum(static listener => listener.Running);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_own is { } store)
        {
            // What functions held when the last run ended, nobody works on any more.
            if (store.HasHeld())
            {
                _ = await new ReleaseAllWork(store).RunAtOnceAsync();
            }

            var byQueue = _listeners.Where(static listener => listener.Queue is EmbeddedTriggerQueue)
                .ToLookup(static listener => listener.Queue.Name, StringComparer.Ordinal);
            store.OnChanged = queue => Wake(byQueue[queue]);
        }

        Wake(_listeners);
    }

    /// <summary>No message is taken any more since the stop has begun; what runs is waited for as activities are.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _wakes.Dispose();
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }
    }

    // A call of a function that is bound to something unserved is refused: that would use its messages up.
    private static bool TakesMessages(FunctionDescriptor function, IConfiguration configuration, ILoggerFactory loggers)
    {
        if (function.Kind != TriggerKind.Queue || UnservedBindings.Of(function).Count > 0)
        {
            return false;
        }

        var isDisabled = DisabledFunctions.Has(configuration, function.FunctionName);
        if (isDisabled)
        {
            LogDisabled(LogOf(function, loggers), function.FunctionName);
        }

        return !isDisabled;
    }

    private static ILogger LogOf(FunctionDescriptor function, ILoggerFactory loggers) => loggers.CreateLogger($"Function.{function.FunctionName}");

    private static void Wake(IEnumerable<QueueListener> listeners)
    {
        foreach (var listener in listeners)
        {
            listener.Wake();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Function '{Function}' is disabled by a setting: its messages stay in the queue.")]
    private static partial void LogDisabled(ILogger logger, string function);
}
