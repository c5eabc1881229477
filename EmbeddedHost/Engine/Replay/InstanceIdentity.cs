using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Replay;

/// <summary>What does not change while an execution runs.</summary>
internal sealed record InstanceIdentity(string Id, string Name, string Version, byte[]? Input, ParentOrchestrationInstance? Parent);
