using System.Text;
using System.Text.Json;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>Finds keys in the text of a JSON file.</summary>
internal static class JsonPlace
{
    /// <summary>A file's JSON; some editors put a byte order mark before it.</summary>
    public static ReadOnlyMemory<byte> ReadAllBytes(string file)
    {
        ReadOnlyMemory<byte> content = File.ReadAllBytes(file);
        return content.Span.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
    }

    /// <summary>The line, counted from 1, of the key at a dotted path; null where there is none.</summary>
    public static int? LineOf(ReadOnlyMemory<byte> json, string path)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var open = new Stack<string>();
        var current = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(current);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _ = open.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    var parent = open.Peek();
                    current = parent.Length == 0 ? reader.GetString()! : $"{parent}.{reader.GetString()}";
                    if (current == path)
                    {
                        return json.Span[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
                    }

                    break;
                default:
                    break;
            }
        }

        return null;
    }
}
