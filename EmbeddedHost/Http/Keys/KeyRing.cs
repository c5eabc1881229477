using System.Security.Cryptography;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http.Keys;

/// <summary>The keys as requests are held against them, those of the settings and those of the file; changes to the file are seen by the next request.</summary>
internal sealed class KeyRing(KeyStore store, IReadOnlyList<AccessKey> ofSettings, TimeProvider time, ILogger logger)
{
    private Edition? _current;

    /// <summary>Whether no key opens anything.</summary>
    /// <exception cref="HostStartupException">The file cannot be read, or is not what the host wrote.</exception>
    public bool IsEmpty => !store.Read().Any(key => key.IsValidAt(time.GetUtcNow())) && ofSettings.Count == 0;

    /// <summary>The valid key whose secret this is, or null.</summary>
    /// <exception cref="HostStartupException">The file cannot be read, or is not what the host wrote.</exception>
    public AccessKey? Find(string secret)
    {
        var (hash, now) = (AccessKey.HashOf(secret), time.GetUtcNow());
        AccessKey? found = null;
        foreach (var key in Keys())
        {
            // All of them, each in constant time: how long the answer takes tells nothing of the keys. One that has ended in the file
            // may be valid by a setting.
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash) && key.IsValidAt(now))
            {
                found = key;
            }
        }

        return found;
    }

    private IReadOnlyList<AccessKey> Keys()
    {
        var version = store.Version;
        var current = _current;
        if (current?.Version != version)
        {
            _current = current = Read(version);
        }

        return current.Failure is { } failure ? throw new HostStartupException(failure.Message, failure) : current.Keys;
    }

    private Edition Read(DateTime version)
    {
        try
        {
            return new Edition(version, [.. store.Read(), .. ofSettings], Failure: null);
        }
        catch (HostStartupException e)
        {
            // Once for each damage, not for each call that meets it.
            logger.LogError("Calls that show a key are refused: {Reason}", e.Message);
            return new Edition(version, [], e);
        }
    }

    private sealed record Edition(DateTime Version, IReadOnlyList<AccessKey> Keys, HostStartupException? Failure);
}
