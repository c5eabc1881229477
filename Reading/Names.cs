namespace Reading;

/// <summary>Reads the values of enumerations and truth values by their names, in any case: a number or a list of names is none.</summary>
internal static class Names
{
    /// <summary>The rule of a truth value, for messages.</summary>
    public const string FlagRule = "true or false";

    /// <summary>The rule of an enumeration's value, for messages.</summary>
    public static string RuleOf(Type type) => $"one of {string.Join(", ", Enum.GetNames(type))}";

    /// <summary>Reads a value of an enumeration.</summary>
    public static bool TryValue<T>(string text, out T value)
        where T : struct, Enum
    {
        var isName = TryValue(typeof(T), text, out var found);
        value = isName ? (T)found! : default;
        return isName;
    }

    /// <summary>Reads a value of an enumeration whose type is known at run time only.</summary>
    public static bool TryValue(Type type, string text, out object? value)
    {
        value = null;
        return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(type, text, ignoreCase: true, out value);
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public static bool TryFlag(string text, out bool value)
    {
        value = text.Equals(bool.TrueString, StringComparison.OrdinalIgnoreCase);
        return value || text.Equals(bool.FalseString, StringComparison.OrdinalIgnoreCase);
    }
}
