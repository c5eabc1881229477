using System.Globalization;

namespace OrderSagaFunctions.Operations;

/// <summary>Keys that sort by their characters.</summary>
internal static class SortKey
{
    /// <summary>By time, and by id at the same time.</summary>
    public static string Of(DateTimeOffset time, string id) => string.Create(CultureInfo.InvariantCulture, $"{time.UtcTicks:D19} {id}");

    /// <summary>Whether a text can be such a key.</summary>
    public static bool IsOne(string text) =>
        text.Split(' ') is [{ Length: 19 } ticks, { Length: > 0 } id] && ticks.All(char.IsAsciiDigit) && id.All(char.IsAscii) && !id.Any(char.IsControl);
}
