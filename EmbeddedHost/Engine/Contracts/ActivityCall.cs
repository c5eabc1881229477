namespace EmbeddedHost.Engine.Contracts;

/// <summary>One attempt of an activity.</summary>
/// <param name="InstanceId">The orchestration that asked for it.</param>
/// <param name="Name">The activity's name.</param>
/// <param name="TaskId">The task's number in the orchestration's history.</param>
/// <param name="Input">The input as UTF-8 JSON; null is none.</param>
internal readonly record struct ActivityCall(string InstanceId, string Name, int TaskId, byte[]? Input);
