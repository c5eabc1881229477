using System.Text.Json;
using Reading;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>
/// An object of a settings file, with its place in it, so that an error can name both. Comments and trailing commas
/// are allowed; a key twice is not, and one that nobody asks for is left alone.
/// </summary>
internal readonly record struct JsonFile(string File, string Path, JsonElement? Element)
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The file's outermost object; null where there is no such file.</summary>
    /// <exception cref="HostStartupException">The file cannot be read, or is not a JSON object.</exception>
    public static JsonFile? Read(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(JsonPlace.ReadAllBytes(file), Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonFile(file, Path: "", document.RootElement.Clone())
                : throw new HostStartupException($"{file} should be a JSON object, found {document.RootElement.GetRawText()}.");
        }
        catch (JsonException e)
        {
            // The reader counts from 0, editors from 1; its message repeats the place in its own words.
            var reason = e.Message.Split(" LineNumber:", 2)[0];
            throw new HostStartupException(
                $"{file}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: expected valid JSON. {reason}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartupException($"{file} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The object under a key; an empty one where the key is missing.</summary>
    public JsonFile Section(string key) => Find(key) switch
    {
        null or { ValueKind: JsonValueKind.Object } => new JsonFile(File, PathOf(key), Find(key)),
        { } other => throw Unexpected(key, "an object", other.GetRawText()),
    };

    /// <summary>The text under a key, or null.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => throw Unexpected(key, "a string", other.GetRawText()),
    };

    /// <summary>The whole number under a key, or null.</summary>
    public int? Number(string key, int min, int max)
    {
        if (Find(key) is not { } element)
        {
            return null;
        }

        return element.ValueKind == JsonValueKind.Number && Numbers.TryWhole(element.GetRawText(), min, max, out var number)
            ? (int)number
            : throw Unexpected(key, $"a whole number from {min} to {max}", element.GetRawText());
    }

    /// <summary>The truth value under a key; false where it is missing.</summary>
    public bool Flag(string key) => Flag(key, otherwise: false);

    /// <summary>The truth value under a key, or another one where it is missing.</summary>
    public bool Flag(string key, bool otherwise) => Find(key) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        { } other => throw Unexpected(key, "true or false", other.GetRawText()),
    };

    /// <summary>The time under a key, or null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The shortest.</param>
    /// <param name="max">The longest.</param>
    /// <param name="expected">The rule, for messages.</param>
    public TimeSpan? Time(string key, TimeSpan min, TimeSpan max, string expected) => Text(key) switch
    {
        null => null,
        var text when Times.TryDuration(text, out var time) && time >= min && time <= max => time,
        var text => throw Unexpected(key, expected, $"\"{text}\""),
    };

    /// <summary>The one of a set of names under a key, or null.</summary>
    public T? Choice<T>(string key)
        where T : struct, Enum => Text(key) switch
        {
            null => null,
            var text when Names.TryValue<T>(text, out var value) => value,
            var text => throw Unexpected(key, Names.RuleOf(typeof(T)), $"\"{text}\""),
        };

    /// <summary>The plain values of this object as text, by key.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values()
    {
        if (Element is not { } element)
        {
            yield break;
        }

        foreach (var property in element.EnumerateObject())
        {
            yield return new(property.Name, property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
                _ => throw Unexpected(property.Name, "a string", property.Value.GetRawText()),
            });
        }
    }

    /// <summary>The error for a value under a key of this object that is not what was expected.</summary>
    public HostStartupException Unexpected(string key, string expected, string found) =>
        new($"{File}{PlaceOf(PathOf(key))}: {PathOf(key)} should be {expected}, found {found}.");

    private JsonElement? Find(string key) =>
        Element is { } element && element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string PlaceOf(string path) => JsonPlace.LineOf(JsonPlace.ReadAllBytes(File), path) is { } line ? $", line {line}" : "";

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
