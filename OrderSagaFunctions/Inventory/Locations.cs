namespace OrderSagaFunctions.Inventory;

/// <summary>Where stock can be.</summary>
public static class Locations
{
    /// <summary>Where stock is of which nobody has said where it is.</summary>
    public const string Default = "main";

    /// <summary>Locations that one order may come from: the stories of that many sagas fit into its own.</summary>
    public const int MostOfAnOrder = 16;

    /// <summary>The rule of a location's name, for messages.</summary>
    public const string NameRule = "1 to 32 characters of a-z 0-9 -";

    /// <summary>Whether a text can be a location's name.</summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= 32 } && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
