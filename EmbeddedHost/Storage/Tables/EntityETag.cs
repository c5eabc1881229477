using System.Globalization;
using Azure;

namespace EmbeddedHost.Storage.Tables;

/// <summary>An entity's ETag is its timestamp in the service's notation: <c>W/"datetime'2026-01-31T08%3A00%3A00.0000000Z'"</c>.</summary>
internal static class EntityETag
{
    private const string Prefix = "W/\"datetime'";
    private const string Suffix = "'\"";

    /// <summary>The ETag for a timestamp in ticks (UTC).</summary>
    public static string Format(long timestamp) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{new DateTime(timestamp, DateTimeKind.Utc):yyyy-MM-dd'T'HH'%3A'mm'%3A'ss.fffffff'Z'}{Suffix}");

    /// <summary>The timestamp that a condition asks for; null where any will do.</summary>
    /// <exception cref="RequestFailedException">The ETag is none that an entity can have.</exception>
    public static long? Condition(ETag ifMatch)
    {
        if (ifMatch == default || ifMatch == ETag.All)
        {
            return null;
        }

        var text = ifMatch.ToString();
        if (text.Length < Prefix.Length + Suffix.Length
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !text.EndsWith(Suffix, StringComparison.Ordinal)
            || !DateTime.TryParse(
                Uri.UnescapeDataString(text[Prefix.Length..^Suffix.Length]),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
                out var timestamp))
        {
            throw TableErrors.ETagInvalid(text);
        }

        return timestamp.Ticks;
    }
}
