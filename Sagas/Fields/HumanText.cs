using System.Globalization;
using System.Text;
using Reading;

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

/// <summary>The name of a person who acts, as a body gives it.</summary>
public static class PersonName
{
    /// <summary>The rule of a name, for messages.</summary>
    public const string Rule = "who it is, in 1 to 100 characters that are not all blank and none of them a control or format character";

    /// <summary>The characters of a name at most.</summary>
    public const int Longest = 100;

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsOne(string text) => HumanText.IsLine(text, Longest);

    /// <summary>Who acts: the authenticated person and, if the body names another one, for whom.</summary>
    /// <param name="known">The authenticated person, or null.</param>
    /// <param name="said">Whom the body names, or null.</param>
    public static string? Of(string? known, string? said) =>
        known is null || said is null || known == said ? known ?? said : $"{known}, for {said}";
}

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
