namespace EmbeddedHost.Testing;

/// <summary>A commit that a host made.</summary>
/// <param name="Database">The database's file name, such as <c>hub.db</c>.</param>
/// <param name="Works">How many units of work shared it.</param>
public sealed record TestCommit(string Database, int Works);
