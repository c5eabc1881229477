using System.Buffers.Text;
using System.Text;

namespace OrderSagaFunctions.Http;

/// <summary>Where a page of an answer ended, as a text that callers hand back unread: the keys of its last entry.</summary>
internal static class PageToken
{
    // No key of an order, an instance or an incident holds it.
    private const char Separator = '|';

    /// <summary>Makes the token of a place.</summary>
    public static string Write(params string[] keys) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, keys)));

    /// <summary>Reads a token of so many keys, or null where the text is none.</summary>
    public static string[]? Read(string text, int keys) =>
        Base64Url.IsValid(text) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator) is { } found && found.Length == keys
            ? found
            : null;
}
