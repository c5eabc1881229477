using System.Text.Json;

namespace EmbeddedHost.Storage.Hub;

/// <summary>Tags as the hub's file has them: a JSON object of texts; no tags are NULL.</summary>
internal static class TagText
{
    public static string? Write(IReadOnlyDictionary<string, string>? tags) =>
        tags is null or { Count: 0 } ? null : JsonSerializer.Serialize(tags);

    public static IReadOnlyDictionary<string, string>? Read(string? text) =>
        text is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(text);
}
