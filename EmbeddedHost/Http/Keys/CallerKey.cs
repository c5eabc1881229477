namespace EmbeddedHost.Http.Keys;

/// <summary>
/// The key that a caller of the management API, or an administrator, has shown. The links that the same caller is
/// handed carry it: the host has nothing but hashes of its own keys, and gives nobody what they did not have.
/// </summary>
internal sealed record CallerKey(string Secret);
