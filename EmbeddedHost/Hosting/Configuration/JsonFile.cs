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

    /// <summary>Settings that go before what the file says; null: none.</summary>
    public SettingOverrides? Overrides { get; init; }

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
    public JsonFile Section(string key) => (Override(key), Find(key)) switch
    {
        (not null, _) => throw Unexpected(key, "an object", ""),
        (_, null or { ValueKind: JsonValueKind.Object }) => this with { Path = PathOf(key), Element = Find(key) },
        (_, { } other) => throw Unexpected(key, "an object", other.GetRawText()),
    };

    /// <summary>The text under a key, or null.</summary>
    public string? Text(string key) => (Override(key), Find(key)) switch
    {
        ({ } setting, _) => setting.Value,
        (_, null) => null,
        (_, { ValueKind: JsonValueKind.String } text) => text.GetString(),
        (_, { } other) => throw Unexpected(key, "a string", other.GetRawText()),
    };

    /// <summary>The whole number under a key, or null.</summary>
    public int? Number(string key, int min, int max)
    {
        var element = Find(key);
        var written = Override(key)?.Value ?? (element is { ValueKind: JsonValueKind.Number } ? element.Value.GetRawText() : null);
        return written is not null && Numbers.TryWhole(written, min, max, out var number) ? (int)number
            : written is null && element is null ? null
            : throw Unexpected(key, $"a whole number from {min} to {max}", element?.GetRawText() ?? "");
    }

    /// <summary>The truth value under a key; false where it is missing.</summary>
    public bool Flag(string key) => Flag(key, otherwise: false);

    /// <summary>The truth value under a key, or another one where it is missing.</summary>
    public bool Flag(string key, bool otherwise) => (Override(key), Find(key)) switch
    {
        ({ } setting, _) => bool.TryParse(setting.Value, out var value) ? value : throw Unexpected(key, "true or false", ""),
        (_, null) => otherwise,
        (_, { ValueKind: JsonValueKind.False }) => false,
        (_, { ValueKind: JsonValueKind.True }) => true,
        (_, { } other) => throw Unexpected(key, "true or false", other.GetRawText()),
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
        var file = this;
        return Written().Where(value => file.Override(value.Key) is null).Concat(Overrides?.Below(Path) ?? []);
    }

    /// <summary>The error for a value under a key of this object that is not what was expected.</summary>
    public HostStartupException Unexpected(string key, string expected, string found) => Override(key) is { } setting
        ? new($"{setting.Key} is '{setting.Value}', expected {expected}.")
        : new($"{File}{PlaceOf(PathOf(key))}: {PathOf(key)} should be {expected}, found {found}.");

    private IEnumerable<KeyValuePair<string, string>> Written()
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

    private KeyValuePair<string, string>? Override(string key) => Overrides?.Find(PathOf(key));

    private JsonElement? Find(string key) =>
        Element is { } element && element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string PlaceOf(string path) => JsonPlace.LineOf(JsonPlace.ReadAllBytes(File), path) is { } line ? $", line {line}" : "";

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
