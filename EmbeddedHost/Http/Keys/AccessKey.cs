using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http.Keys;

/// <summary>A key as the host keeps it: its hash, never the key.</summary>
/// <param name="Set">What the key belongs to: a function's name, or one of <see cref="KeySet"/>.</param>
/// <param name="Hash">SHA-256 of the key's text.</param>
/// <param name="Created">When it was made, in UTC.</param>
/// <param name="Expires">From when on it opens nothing, in UTC; null: it does not end.</param>
internal sealed record AccessKey(string Set, byte[] Hash, DateTimeOffset Created, DateTimeOffset? Expires)
{
    private const int SecretBytes = 32;

    /// <summary>The setting that the key comes from; null: it is one of the file.</summary>
    [JsonIgnore]
    public string? Setting { get; init; }

    /// <summary>The level that the key gives its bearer.</summary>
    [JsonIgnore]
    public AuthorizationLevel Level => Set switch
    {
        KeySet.Master => AuthorizationLevel.Admin,
        KeySet.System => AuthorizationLevel.System,
        _ => AuthorizationLevel.Function,
    };

    /// <summary>Makes a key; the secret is for its bearer, and nothing here remembers it.</summary>
    public static (AccessKey Key, string Secret) Create(string set, DateTimeOffset now)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return (new AccessKey(set, HashOf(secret), now, Expires: null), secret);
    }

    /// <summary>The hash under which a secret is kept.</summary>
    // Slow, salted hashes are for words that people choose; 256 random bits cannot be guessed however fast the hash is,
    // and every request pays for it.
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether the key opens anything at that time.</summary>
    public bool IsValidAt(DateTimeOffset time) => Expires is not { } end || time < end;

    /// <summary>The same key, which opens nothing from that time on; one that ends before stays as it is.</summary>
    public AccessKey EndingAt(DateTimeOffset time) => IsValidAt(time) ? this with { Expires = time } : this;

    /// <summary>Whether the key opens what the rule guards.</summary>
    public bool Opens(AccessRule rule) => rule.Level switch
    {
        AuthorizationLevel.Anonymous => true,
        AuthorizationLevel.Admin => Set == KeySet.Master,
        AuthorizationLevel.System => Set is KeySet.Master or KeySet.System,
        _ => Set is KeySet.Master or KeySet.Host || Set.Equals(rule.Function, StringComparison.OrdinalIgnoreCase),
    };
}
