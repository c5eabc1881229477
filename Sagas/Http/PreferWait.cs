using Microsoft.Azure.Functions.Worker.Http;
using Reading;

namespace Sagas.Http;

/// <summary>The <c>Prefer: wait=N</c> header of RFC 7240: how many seconds a client would rather wait than poll.</summary>
public static class PreferWait
{
    /// <summary>The longest wait that is granted, in seconds: shorter than proxies cut idle connections off.</summary>
    public const int LongestSeconds = 30;

    /// <summary>The header that says what was granted.</summary>
    public const string AppliedHeader = "Preference-Applied";

    /// <summary>The seconds to wait, capped, or null where the client asks for none.</summary>
    public static int? SecondsOf(HttpHeadersCollection headers) =>
        headers.TryGetValues("Prefer", out var values) ? Parse(string.Join(',', values)) : null;

    /// <summary>Reads the header's value.</summary>
    public static int? Parse(string header)
    {
        foreach (var preference in header.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = preference.Split('=', StringSplitOptions.TrimEntries);
            var value = parts is [_, ['"', .. var quoted, '"']] ? quoted : parts[^1];
            if (parts.Length == 2 && string.Equals(parts[0], "wait", StringComparison.OrdinalIgnoreCase) && Numbers.AreDigits(value))
            {
                return Numbers.TryWhole(value, 0, LongestSeconds, out var seconds) ? (int)seconds : LongestSeconds;
            }
        }

        return null;
    }
}
