namespace EmbeddedHost.Engine.Replay;

/// <summary>The code asked for something else than the history of the instance holds.</summary>
internal sealed class NonDeterminismException(string message) : InvalidOperationException(message);
