using System.Diagnostics.CodeAnalysis;
using Azure.Storage.Queues;

namespace EmbeddedHost.Queues;

/// <summary>Bodies of messages, and the texts that queues store of them.</summary>
internal static class QueueBody
{
    /// <summary>The text of a body.</summary>
    public static string Encode(BinaryData body, QueueMessageEncoding encoding) =>
        encoding == QueueMessageEncoding.Base64 ? Convert.ToBase64String(body) : body.ToString();

    /// <summary>The body of a text; false where it is not encoded so.</summary>
    public static bool TryDecode(string text, QueueMessageEncoding encoding, [NotNullWhen(true)] out BinaryData? body)
    {
        if (encoding != QueueMessageEncoding.Base64)
        {
            body = BinaryData.FromString(text);
            return true;
        }

        var bytes = new byte[text.Length];
        body = Convert.TryFromBase64String(text, bytes, out var length) ? BinaryData.FromBytes(bytes.AsMemory(0, length)) : null;
        return body is not null;
    }
}
