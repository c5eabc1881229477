using System.Buffers.Text;
using System.Text;

namespace Sagas.Http;

/// <summary>Where a page of an answer ended, as a text that callers hand back unread: the keys of its last entry.</summary>
public static class PageToken
{
    // No key of an order, an instance or an incident holds it.
    private const char Separator = '|';

    /// <summary>Makes the token of a place.</summary>
    public static string Write(params string[] keys) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, keys)));

    /// <summary>Reads a token, or null where the text is none whose keys are such as asked for, one after the other.</summary>
    public static string[]? Read(string text, params Func<string, bool>[] areKeys) =>
        Base64Url.IsValid(text) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator) is { } found
        && found.Length == areKeys.Length && found.Zip(areKeys).All(static pair => pair.Second(pair.First))
            ? found
            : null;
}
