using System.Collections.ObjectModel;
using EmbeddedHost.Engine.Client;
using EmbeddedHost.Engine.Contracts;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>What every part of the engine needs of its host.</summary>
internal sealed record EngineServices(
    IFunctionRegistry Functions, IPayloadSerializer Serializer, TimeProvider Clock, ILoggerFactory Loggers)
{
    /// <summary>Makes the worker's own orchestrations of the app's orchestrators.</summary>
    public DurableTaskShimFactory Shims { get; } = new(new DurableTaskWorkerOptions
    {
        DataConverter = new SerializerDataConverter(Serializer),
        EnableEntitySupport = true,
        // Timers of any length are one row here.
        MaximumTimerInterval = TimeSpan.MaxValue,
    });

    /// <summary>What the host's settings tell the worker's own code in orchestrators.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Now, in UTC.</summary>
    public DateTime UtcNow => Clock.GetUtcNow().UtcDateTime;
}
