using System.Globalization;
using System.Text;
using System.Xml;

namespace EmbeddedHost.Storage.Queues;

/// <summary>
/// The service's limits, refused here as there, so that what fits the embedded queues fits Azure
/// (learn.microsoft.com/rest/api/storageservices/put-message and naming-queues-and-metadata).
/// </summary>
internal static class QueueLimits
{
    public const string NameRule = "3 to 63 lower-case ASCII letters, digits and single dashes, a letter or a digit first and last";

    /// <summary>A message's bytes as it is sent: in UTF-8, encoded.</summary>
    public const int MessageBytes = 64 * 1024;

    /// <summary>Messages of one receive or peek.</summary>
    public const int Batch = 32;

    /// <summary>Queues of a page of a list.</summary>
    public const int PageQueues = 5000;

    public static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromDays(7);

    public static readonly TimeSpan DefaultVisibility = TimeSpan.FromSeconds(30);

    private const int MostSeconds = 7 * 24 * 60 * 60;

    /// <summary>What is wrong with a queue's name; null: nothing.</summary>
    public static QueueRefusal? NameRefusal(string name)
    {
        if (name.Length is < 3 or > 63)
        {
            return QueueErrors.NameLength(name);
        }

        var isValid = name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
        foreach (var c in name)
        {
            isValid &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
        }

        return isValid ? null : QueueErrors.NameInvalid(name);
    }

    /// <exception cref="QueueRefusal">The text is longer than a message may be, or has a character that XML does not have.</exception>
    public static void CheckText(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) is > MessageBytes and var bytes)
        {
            throw QueueErrors.MessageTooLarge(bytes);
        }

        try
        {
            _ = XmlConvert.VerifyXmlChars(text);
        }
        catch (XmlException e)
        {
            // The service sends and receives messages as XML: nobody could read it.
            throw QueueErrors.InvalidXml(e.Message);
        }
    }

    /// <summary>How many messages are asked for.</summary>
    /// <exception cref="QueueRefusal">More, or fewer, than can be.</exception>
    public static int Count(string? value) => Number("numofmessages", value, 1, Batch) ?? 1;

    /// <summary>How long received messages are hidden.</summary>
    /// <exception cref="QueueRefusal">Longer, or shorter, than can be.</exception>
    public static TimeSpan ReceiveVisibility(string? value) =>
        Number("visibilitytimeout", value, 1, MostSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultVisibility;

    /// <summary>How long a sent or updated message is hidden.</summary>
    /// <exception cref="QueueRefusal">Longer than can be.</exception>
    public static TimeSpan Delay(string? value) => TimeSpan.FromSeconds(Number("visibilitytimeout", value, 0, MostSeconds) ?? 0);

    /// <summary>How long a sent message stays; null: for ever.</summary>
    /// <exception cref="QueueRefusal">For no time, or for less than it is hidden.</exception>
    public static TimeSpan? TimeToLive(string? value, TimeSpan delay)
    {
        if (value is null or "-1")
        {
            return value is null ? DefaultTimeToLive : null;
        }

        if (!int.TryParse(value, CultureInfo.InvariantCulture, out var seconds) || seconds < 1)
        {
            throw QueueErrors.InvalidValue("messagettl", value, "a whole number from 1, or -1 for ever");
        }

        return delay < TimeSpan.FromSeconds(seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw QueueErrors.InvalidValue("visibilitytimeout", $"{delay.TotalSeconds}", $"less than 'messagettl' ({value})");
    }

    private static int? Number(string parameter, string? value, int min, int max) => value switch
    {
        null => null,
        _ when int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max => number,
        _ => throw QueueErrors.OutOfRange(parameter, value, $"a whole number from {min} to {max}"),
    };
}
