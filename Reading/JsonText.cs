using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Reading;

/// <summary>What is wrong with a JSON text.</summary>
/// <param name="Field">Where, such as <c>items[2].qty</c>; <c>$</c> is the text as a whole.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Found">What is there.</param>
internal sealed record JsonFault(string Field, string Expected, string Found);

/// <summary>
/// Parses JSON in UTF-8, with or without a byte order mark, whose texts are whole characters: half of a surrogate pair can be
/// escaped in valid JSON, and is no text, so that whoever read it later would fail.
/// </summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions EachFieldOnce = new() { AllowDuplicateProperties = false };

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="eachFieldOnce">Whether an object that has a field twice is wrong.</param>
    /// <param name="fault">What is wrong, else null.</param>
    /// <returns>The document; null if something is wrong.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> text, bool eachFieldOnce, out JsonFault? fault)
    {
        fault = null;
        var json = WithoutMark(text);
        try
        {
            CheckTexts(json.Span);
            return JsonDocument.Parse(json, eachFieldOnce ? EachFieldOnce : default);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            fault = FindFault(json.Span) ?? new JsonFault("$", "JSON", $"none: {failure.Message}");
            return null;
        }
    }

    /// <summary>A text without the byte order mark that it may begin with.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> text) =>
        text.Span.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;

    private static void CheckTexts(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new InvalidOperationException("Its bytes are not UTF-8.");
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            _ = reader.ValueIsEscaped ? reader.GetString() : null;
        }
    }

    private static JsonFault? FindFault(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            return reader.Read() ? FindFault(ref reader, string.Empty) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonFault? FindFault(ref Utf8JsonReader reader, string place) => reader.TokenType switch
    {
        JsonTokenType.StartObject => FindFaultInObject(ref reader, place),
        JsonTokenType.StartArray => FindFaultInArray(ref reader, place),
        JsonTokenType.String when TextOf(ref reader) is null => NoText(place),
        _ => null,
    };

    private static JsonFault? FindFaultInObject(ref Utf8JsonReader reader, string place)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        JsonFault? fault = null;
        while (fault is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (TextOf(ref reader) is not { } name)
            {
                return NoText(place);
            }

            var field = place.Length == 0 ? name : $"{place}.{name}";
            fault = !names.Add(name) ? new JsonFault(field, "each field once", "it twice")
                : reader.Read() ? FindFault(ref reader, field)
                : null;
        }

        return fault;
    }

    private static JsonFault? FindFaultInArray(ref Utf8JsonReader reader, string place)
    {
        JsonFault? fault = null;
        for (var i = 0; fault is null && reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            fault = FindFault(ref reader, $"{place}[{i}]");
        }

        return fault;
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonFault NoText(string place) =>
        new(place.Length == 0 ? "$" : place, "text of whole characters in UTF-8", "half of a surrogate pair, or bytes that are none");
}
