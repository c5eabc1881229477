using System.Globalization;

namespace EmbeddedHost.Engine.Client;

/// <summary>Where a listing goes on: after the key of the last instance of the page before.</summary>
internal static class ContinuationToken
{
    public static string Of(long key) => key.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">The token is not one of ours.</exception>
    public static long Parse(string? token) => string.IsNullOrEmpty(token)
        ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new ArgumentException($"The continuation token '{token}' was not issued by this host.", nameof(token));
}
