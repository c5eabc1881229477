using System.Collections.Concurrent;
using Azure.Core.Serialization;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>What every invocation needs of the host.</summary>
internal sealed partial class InvocationServices(
    IServiceProvider services,
    IPayloadSerializer payloads,
    IOptions<WorkerOptions> worker,
    HostSettings settings,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Function");
    private readonly ConcurrentDictionary<Type, IInputConverter> _converters = new();
    private DurableTaskClient? _client;
    private QueueOutputWriter? _queueOutputs;

    /// <summary>Makes an invocation's own services.</summary>
    public IServiceScopeFactory Scopes { get; } = services.GetRequiredService<IServiceScopeFactory>();

    /// <summary>Reads and writes payloads.</summary>
    public IPayloadSerializer Payloads { get; } = payloads;

    /// <summary>Reads and writes bodies.</summary>
    public ObjectSerializer Serializer { get; } = worker.Value.Serializer!;

    /// <summary>The worker's converters, in the order in which they are asked.</summary>
    public IEnumerable<Type> Converters => worker.Value.InputConverters;

    /// <summary>After how long an HTTP function or an activity is asked to end; null: never.</summary>
    public TimeSpan? Timeout { get; } = settings.Host.FunctionTimeout;

    /// <summary>The clock that the time-out runs by.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Sends what functions give to queues. Asked for late, as the client is.</summary>
    public QueueOutputWriter QueueOutputs => _queueOutputs ??= services.GetRequiredService<QueueOutputWriter>();

    /// <summary>A converter, made once.</summary>
    public IInputConverter ConverterOf(Type type) =>
        _converters.GetOrAdd(type, type => (IInputConverter)ActivatorUtilities.GetServiceOrCreateInstance(services, type));

    /// <summary>Has the log lines of an invocation say whose they are, until it is disposed of.</summary>
    public IDisposable? BeginScope(InvocationContext invocation) => _logger.BeginScope(new InvocationScope(invocation));

    /// <summary>The task hub's client. Asked for late: the hub needs the functions before it can be made.</summary>
    public DurableTaskClient Client => _client ??= services.GetRequiredService<DurableTaskClient>();

    /// <summary>An entity's operation took longer than it may, and goes on.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "Entity '{Entity}' takes longer than functionTimeout allows, and was asked to end. It runs nothing else before that.")]
    public partial void LogEntityOverTime(string? entity);
}
