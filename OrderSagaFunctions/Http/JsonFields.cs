using System.Text.Json;

namespace OrderSagaFunctions.Http;

/// <summary>
/// Reads fields off a JSON object and collects what is wrong with them, so that a client learns of every mistake at once.
/// </summary>
internal sealed class JsonFields(JsonElement element, string path, List<FieldError> errors)
{
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>Finds a field by its snake case name or the camel case form of it; null counts as absent. Refused where it has both.</summary>
    public JsonElement? Find(string snakeName)
    {
        var camelName = CamelCase(snakeName);
        var snake = Present(snakeName);
        var camel = camelName == snakeName ? null : Present(camelName);
        if (snake is not null && camel is not null && !errors.Exists(error => error.Field == PathOf(snakeName)))
        {
            errors.Add(new FieldError(PathOf(snakeName), $"one of {snakeName} and {camelName}", "both"));
        }

        return snake ?? camel;
    }

    public string? RequiredText(string name, Func<string, bool> isValid, string expected)
    {
        var text = Find(name) is { ValueKind: JsonValueKind.String } value ? TextOf(value) : null;
        if (text is not null && isValid(text))
        {
            return text;
        }

        Refuse(name, expected);
        return null;
    }

    public string? OptionalText(string name, Func<string, bool> isValid, string expected) =>
        Find(name) is null ? null : RequiredText(name, isValid, expected);

    public long? RequiredInteger(string name, long least, long most, string expected)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, expected);
        return null;
    }

    public bool? RequiredBoolean(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value)
        {
            return value.GetBoolean();
        }

        Refuse(name, "true or false");
        return null;
    }

    public void Refuse(string name, string expected) =>
        errors.Add(new FieldError(PathOf(name), expected, Describe(Find(name))));

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static string Describe(JsonElement? value) => FieldError.Shorten(value is { } present ? present.GetRawText() : "nothing");

    // An event that anyone may raise can hold an escaped half of a character, which is no text; a saga must not fail of it.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private JsonElement? Present(string name) =>
        IsObject && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string CamelCase(string snakeName)
    {
        var words = snakeName.Split('_');
        return string.Concat(words.Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
