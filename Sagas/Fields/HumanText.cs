using System.Globalization;
using System.Text;

namespace Sagas.Fields;

/// <summary>Judges texts that people write and read. A character is a Unicode code point: 😀 is one, in .NET's own count it is two.</summary>
public static class HumanText
{
    // Letters and a symbol by their category, and yet blank: the Hangul fillers and the Braille blank.
    private static readonly Rune[] Fillers = [new(0x115F), new(0x1160), new(0x2800), new(0x3164), new(0xFFA0)];

    // Both join or part the letters of several scripts, and the parts of emoji.
    private static readonly Rune[] Joiners = [new(0x200C), new(0x200D)];

    /// <summary>Whether a text is one line of at most so many characters, none of them a control or format character, and not all blank.</summary>
    public static bool IsLine(string text, int longest) =>
        IsWithin(text, longest) && text.EnumerateRunes().All(static rune => !IsHidden(rune)) && text.EnumerateRunes().Any(IsVisible);

    /// <summary>Whether a text has at most so many characters, no control characters but tabs and line breaks, and is not all blank.</summary>
    public static bool IsProse(string text, int longest) =>
        IsWithin(text, longest) && text.All(static c => !char.IsControl(c) || c is '\t' or '\r' or '\n') && text.EnumerateRunes().Any(IsVisible);

    /// <summary>Whether a text has at most so many characters.</summary>
    public static bool IsWithin(string text, int longest) => text.Length <= longest || text.EnumerateRunes().Count() <= longest;

    private static bool IsHidden(Rune rune) => !Joiners.Contains(rune) && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsVisible(Rune rune) =>
        !Fillers.Contains(rune) && (Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune));
}
