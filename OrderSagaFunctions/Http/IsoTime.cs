using System.Globalization;

namespace OrderSagaFunctions.Http;

/// <summary>Reads times as callers write them: ISO 8601, in UTC where they name no offset.</summary>
internal static class IsoTime
{
    /// <summary>The rule, for messages.</summary>
    public const string Rule = "an ISO 8601 date and time such as 2026-03-14T09:26:53Z, from 1601 on";

    private const string Date = "yyyy-MM-dd";

    // Tables hold none before.
    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a time, or says that the text is none.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        // A text without a whole date would be completed from the day on which it is read.
        return text.Length >= Date.Length
            && DateOnly.TryParseExact(text.AsSpan(0, Date.Length), Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
            && time >= Earliest;
    }
}
