using System.Security.Cryptography;

namespace EmbeddedHost.Http.Keys;

/// <summary>The keys as requests are held against them; changes to the file are seen by the next request.</summary>
internal sealed class KeyRing(KeyStore store, TimeProvider time)
{
    private Edition? _current;

    /// <summary>Whether no key opens anything.</summary>
    public bool IsEmpty => !Keys().Any(key => key.IsValidAt(time.GetUtcNow()));

    /// <summary>The valid key whose secret this is, or null.</summary>
    public AccessKey? Find(string secret)
    {
        var hash = AccessKey.HashOf(secret);
        AccessKey? found = null;
        foreach (var key in Keys())
        {
            // All of them, each in constant time: how long the answer takes tells nothing of the keys.
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash))
            {
                found = key;
            }
        }

        return found?.IsValidAt(time.GetUtcNow()) == true ? found : null;
    }

    private IReadOnlyList<AccessKey> Keys()
    {
        var version = store.Version;
        var current = _current;
        if (current?.Version != version)
        {
            _current = current = new Edition(version, store.Read());
        }

        return current.Keys;
    }

    private sealed record Edition(DateTime Version, IReadOnlyList<AccessKey> Keys);
}
