using EmbeddedHost.Engine.Contracts;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <summary>What every part of the engine needs of its host.</summary>
internal sealed record EngineServices(
    IFunctionRegistry Functions, IPayloadSerializer Serializer, TimeProvider Clock, ILoggerFactory Loggers)
{
    /// <summary>Now, in UTC.</summary>
    public DateTime UtcNow => Clock.GetUtcNow().UtcDateTime;
}
