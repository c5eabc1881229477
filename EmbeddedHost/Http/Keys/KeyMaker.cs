namespace EmbeddedHost.Http.Keys;

/// <summary>Makes keys, and lets those before them run out.</summary>
internal static class KeyMaker
{
    /// <summary>
    /// Gives each set a new key and returns the secrets, which are not to be had again. The set's earlier keys stay
    /// valid for the overlap, so that callers can change over one by one.
    /// </summary>
    public static IReadOnlyList<(string Set, string Secret)> Make(
        KeyStore store, IReadOnlyCollection<string> sets, TimeSpan overlap, DateTimeOffset now)
    {
        var made = sets.Select(set => AccessKey.Create(set, now)).ToArray();
        store.Change(keys => keys
            .Where(key => key.IsValidAt(now))
            .Select(key => sets.Contains(key.Set, StringComparer.OrdinalIgnoreCase) ? key.EndingAt(now + overlap) : key)
            .Concat(made.Select(pair => pair.Key)));
        return [.. made.Select(pair => (pair.Key.Set, pair.Secret))];
    }
}
