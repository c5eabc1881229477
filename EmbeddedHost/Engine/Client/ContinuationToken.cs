using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace EmbeddedHost.Engine.Client;

/// <summary>Where a listing goes on: after the last instance, by its key, or the last entity, by its id, of the page before.</summary>
internal static class ContinuationToken
{
    public static string Of(long key) => key.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">The token is not one of ours.</exception>
    public static long Parse(string? token) => string.IsNullOrEmpty(token)
        ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw Foreign(token);

    // A header can hold it, whatever characters the id has.
    public static string Of(string entityId) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(entityId));

    /// <exception cref="ArgumentException">The token is not one of ours.</exception>
    public static string ParseEntityId(string? token) => string.IsNullOrEmpty(token)
        ? string.Empty
        : Base64Url.IsValid(token) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) is var id && InstanceIds.IsEntity(id)
            ? id
            : throw Foreign(token);

    private static ArgumentException Foreign(string token) => new($"The continuation token '{token}' was not issued by this host.", nameof(token));
}
