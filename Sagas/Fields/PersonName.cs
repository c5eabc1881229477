namespace Sagas.Fields;

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
