namespace EmbeddedHost.Engine.Contracts;

/// <summary>An instance's history as readers see it, oldest event first.</summary>
internal sealed record HistoryDocument(IReadOnlyList<HistoryRow> Events);
