using Reading;

namespace Sagas.Fields;

/// <summary>Reads times as callers write them: ISO 8601, in UTC where they name no offset.</summary>
public static class IsoTime
{
    /// <summary>The rule, for messages.</summary>
    public const string Rule = $"{Times.TimeRule}, from 1601 on";

    // Tables hold none before.
    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a time, or says that the text is none.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) => Times.TryTime(text, out time) && time >= Earliest;
}
