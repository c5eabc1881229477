using System.Globalization;
using System.Text.RegularExpressions;

namespace Reading;

/// <summary>Reads times and durations, whole texts of them: nothing is trimmed, completed or guessed.</summary>
internal static partial class Times
{
    /// <summary>The rule of a time, for messages.</summary>
    public const string TimeRule = "an ISO 8601 date and time such as 2026-03-14T09:26:53Z";

    /// <summary>The rule of a duration, for messages.</summary>
    public const string DurationRule = "a duration such as 00:10:00 or PT10M";

    private const int MostDecimals = 7;
    private const string Date = "yyyy-MM-dd";
    private static readonly string[] Forms = [Date, $"{Date}'T'HH:mmK", $"{Date}'T'HH:mm:ssK", $"{Date}'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>
    /// Reads a date, or a date and time with up to nine decimals, of which seven are kept (100 ns). UTC where the text names
    /// no offset.
    /// </summary>
    public static bool TryTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (TimeForm().Match(text) is not { Success: true } form)
        {
            return false;
        }

        var decimals = form.Groups["decimals"];
        var kept = decimals.Length > MostDecimals ? text.Remove(decimals.Index + MostDecimals, decimals.Length - MostDecimals) : text;
        return DateTimeOffset.TryParseExact(
            kept, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>
    /// Reads a duration as .NET writes it, <c>hh:mm:ss</c> with days before and decimals behind where it has them, or as ISO
    /// 8601 does, without years and months, which have no length.
    /// </summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        return ClockForm().IsMatch(text)
            ? TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration)
            : IsoForm().Match(text) is { Success: true } form && TrySum(form, out duration);
    }

    private static bool TrySum(Match form, out TimeSpan duration)
    {
        Int128 ticks = 0;
        foreach (var (unit, length) in ((string, long)[])
            [("W", 7 * TimeSpan.TicksPerDay), ("D", TimeSpan.TicksPerDay), ("H", TimeSpan.TicksPerHour), ("M", TimeSpan.TicksPerMinute), ("S", 1)])
        {
            var count = 0L;
            if (form.Groups[unit] is { Success: true } found && !Numbers.TryScaled(found.ValueSpan, unit == "S" ? MostDecimals : 0, out count))
            {
                duration = default;
                return false;
            }

            ticks += (Int128)count * length;
        }

        var fits = ticks <= TimeSpan.MaxValue.Ticks;
        duration = fits ? new TimeSpan((long)ticks) : default;
        return fits;
    }

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9][0-9]-[0-9][0-9](T[0-9][0-9]:[0-9][0-9](:[0-9][0-9](\.(?<decimals>[0-9]{1,9}))?)?(Z|[+-][0-9][0-9]:[0-9][0-9])?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeForm();

    [GeneratedRegex(
        @"^([0-9]{1,8}\.)?[0-9]{1,2}:[0-9][0-9]:[0-9][0-9](\.[0-9]{1,7})?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClockForm();

    [GeneratedRegex(
        @"^P(?=[0-9T])((?<W>[0-9]+)W|((?<D>[0-9]+)D)?(T(?=[0-9])((?<H>[0-9]+)H)?((?<M>[0-9]+)M)?((?<S>[0-9]+(\.[0-9]+)?)S)?)?)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IsoForm();
}
