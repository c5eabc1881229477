namespace EmbeddedHost.Engine.Replay;

/// <summary>What the next execution of an eternal orchestration starts with.</summary>
internal sealed record ContinueAsNewRequest(byte[]? Input, string Version, bool PreserveUnprocessedEvents);
