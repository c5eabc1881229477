using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reading;

namespace Sagas.Fields;

/// <summary>
/// Reads fields off a JSON object and collects what is wrong with them, so that a client learns of every mistake at once. A
/// field has its snake case name or the camel case form of it, and is named in an error as the client wrote it.
/// </summary>
/// <param name="element">The JSON value to read. It should be an object; of any other value every field counts as absent.</param>
/// <param name="path">Where it stands in the body, such as <c>items[0]</c>; empty for the body itself.</param>
/// <param name="errors">Takes what is wrong. A reading method returns null after it has added an error.</param>
public sealed class JsonFields(JsonElement element, string path, ICollection<FieldError> errors)
{
    // The names are those that the code asks for, and so but a few.
    private static readonly ConcurrentDictionary<string, string> CamelNames = new(StringComparer.Ordinal);

    // A list, since they are few.
    private readonly List<(string Snake, string Camel)> _names = [];

    /// <summary>Whether the value is a JSON object, and so can have fields.</summary>
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>Finds a field; null counts as absent. Refused where it has both names.</summary>
    public JsonElement? Find(string snakeName)
    {
        var camelName = CamelCase(snakeName);
        var isAskedFirst = !_names.Exists(asked => asked.Snake == snakeName);
        if (isAskedFirst)
        {
            _names.Add((snakeName, camelName));
        }

        var snake = Present(snakeName);
        var camel = camelName == snakeName ? null : Present(camelName);
        if (snake is not null && camel is not null && isAskedFirst)
        {
            errors.Add(new FieldError(PathOf(snakeName), $"one of {snakeName} and {camelName}", "both"));
        }

        return snake ?? camel;
    }

    /// <summary>Reads a text that has to be there.</summary>
    /// <param name="name">The field's name in snake case.</param>
    /// <param name="isValid">Says whether a text is allowed there.</param>
    /// <param name="expected">What is allowed, for the error's message.</param>
    /// <returns>The text; null, with an error, if it is missing, not a text or not allowed.</returns>
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

    /// <summary>Reads a text that may be left out.</summary>
    /// <inheritdoc cref="RequiredText" path="/param" />
    /// <returns>The text; null if it is missing, and null, with an error, if it is not a text or not allowed.</returns>
    public string? OptionalText(string name, Func<string, bool> isValid, string expected) =>
        Find(name) is null ? null : RequiredText(name, isValid, expected);

    /// <summary>Reads a whole number that has to be there, however it is written: 1, 1.0 and 1e0 are the same.</summary>
    /// <param name="name">The field's name in snake case.</param>
    /// <param name="least">The smallest number allowed.</param>
    /// <param name="most">The largest number allowed.</param>
    /// <returns>The number; null, with an error, if it is missing, not a whole number or out of bounds.</returns>
    public long? RequiredInteger(string name, long least, long most)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Number } value && Numbers.TryWhole(value.GetRawText(), least, most, out var number))
        {
            return number;
        }

        Refuse(name, $"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>Reads true or false, which has to be there.</summary>
    /// <param name="name">The field's name in snake case.</param>
    /// <returns>The value; null, with an error, if it is missing or anything else.</returns>
    public bool? RequiredBoolean(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value)
        {
            return value.GetBoolean();
        }

        Refuse(name, Names.FlagRule);
        return null;
    }

    /// <summary>Adds the error that a field is not what was expected. What was found is taken from the body.</summary>
    /// <param name="name">The field's name in snake case.</param>
    /// <param name="expected">What was expected there, for the error's message.</param>
    public void Refuse(string name, string expected) =>
        errors.Add(new FieldError(PathOf(name), expected, Describe(Find(name))));

    /// <summary>Refuses every field that was not asked for by now.</summary>
    public void RefuseOthers() => RefuseUnknown(static _ => true);

    /// <summary>
    /// Refuses each field that was not asked for by now and has the letters of one that was, such as <c>UnitPrice</c>: it is
    /// meant, and would be passed over.
    /// </summary>
    public void RefuseMisspelt() => RefuseUnknown(name => _names.Exists(asked => LettersOf(asked.Snake) == LettersOf(name)));

    /// <summary>A field's place in the body: by the name that it has there, else by the one that goes with the others.</summary>
    public string PathOf(string name)
    {
        var camelName = CamelCase(name);
        var written = IsObject && !element.TryGetProperty(name, out _) && (element.TryGetProperty(camelName, out _) || IsCamelCase()) ? camelName : name;
        return path.Length == 0 ? written : $"{path}.{written}";
    }

    /// <summary>A value as an error's message shows it: its JSON, shortened.</summary>
    /// <param name="value">The value; null for a field that is not there.</param>
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

    private void RefuseUnknown(Func<string, bool> isRefused)
    {
        if (!IsObject)
        {
            return;
        }

        foreach (var field in element.EnumerateObject())
        {
            if (_names.Exists(asked => field.NameEquals(asked.Snake) || field.NameEquals(asked.Camel)) || !isRefused(field.Name))
            {
                continue;
            }

            errors.Add(new FieldError(
                FieldError.Shorten(path.Length == 0 ? field.Name : $"{path}.{field.Name}"),
                _names.Count == 0 ? "no field" : $"no field but {string.Join(", ", _names.Select(static asked => asked.Snake))}",
                Describe(field.Value)));
        }
    }

    private bool IsCamelCase() =>
        element.EnumerateObject().All(static field => !field.Name.Contains('_', StringComparison.Ordinal))
        && element.EnumerateObject().Any(static field => field.Name.Any(char.IsAsciiLetterUpper));

    private JsonElement? Present(string name) =>
        IsObject && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string LettersOf(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string CamelCase(string snakeName) => CamelNames.GetOrAdd(snakeName, static name =>
        string.Concat(name.Split('_').Select(static (word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])));
}

/// <summary>One thing wrong with a request.</summary>
/// <param name="Field">The field's path as the client wrote it, such as <c>items[0].qty</c>.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Found">What came instead, shortened.</param>
public sealed record FieldError(string Field, string Expected, string Found)
{
    private const int LongestFound = 80;

    /// <summary>What a request is answered with that has nothing worse wrong with it.</summary>
    [JsonIgnore]
    public HttpStatusCode Status { get; init; } = HttpStatusCode.BadRequest;

    /// <summary>Cuts a text that is too long for a message.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, or its first 80 UTF-16 characters and an ellipsis.</returns>
    public static string Shorten(string text) => text.Length <= LongestFound ? text : string.Concat(text.AsSpan(0, LongestFound), "…");
}
