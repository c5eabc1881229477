using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Engine;

/// <content>What the log says of entities.</content>
internal sealed partial class TaskHub
{
    /// <summary>An entity's function did not run a batch.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} operations on the entity '{EntityId}' failed: {Reason}")]
    public partial void LogEntityFailed(int count, string entityId, string reason);

    /// <summary>An entity wanted to start an orchestration whose id is in use, or can be none.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The entity '{EntityId}' did not start {Orchestrator} '{InstanceId}': an orchestration of that id exists and has not ended, or it is an entity's id.")]
    public partial void LogEntityStartRefused(string entityId, string orchestrator, string instanceId);

    /// <summary>Something was sent to an entity that no entity understands.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "The event '{Name}' to the entity '{EntityId}' is no operation, and is dropped.")]
    public partial void LogNoOperation(string? name, string entityId);
}
