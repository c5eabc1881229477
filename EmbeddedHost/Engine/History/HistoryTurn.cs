namespace EmbeddedHost.Engine.History;

/// <summary>One turn: its clock, the messages it took in, then the actions that the orchestrator decided on.</summary>
internal sealed record HistoryTurn(DateTime At, IReadOnlyList<HistoryEvent> Events);
