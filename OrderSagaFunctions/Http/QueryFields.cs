using System.Collections.Specialized;
using System.Globalization;
using System.Xml;

namespace OrderSagaFunctions.Http;

/// <summary>
/// Reads a query's parameters and collects what is wrong with them. One that nobody asked for is wrong too: misspelt, it
/// would silently widen a search.
/// </summary>
internal sealed class QueryFields(NameValueCollection query, List<FieldError> errors)
{
    private const int DefaultTop = 50;
    private const int MostTop = 500;

    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(365);

    // The host's own: both take a key from 'code', and Azure the key's name from 'clientId'.
    private static readonly string[] HostNames = ["code", "clientId"];

    private readonly List<string> _names = [];

    public string? Text(string name, Func<string, bool> isValid, string expected)
    {
        _names.Add(name);
        if (query[name] is not { } text || isValid(text))
        {
            return query[name];
        }

        errors.Add(new FieldError(name, expected, FieldError.Shorten(text)));
        return null;
    }

    public bool? Flag(string name) => Text(name, text => bool.TryParse(text, out _), "true or false") is { } text ? bool.Parse(text) : null;

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        // A number would parse as well.
        return Text(name, text => names.Contains(text, StringComparer.OrdinalIgnoreCase), $"one of {string.Join(", ", names)}") is { } text
            ? Enum.Parse<T>(text, ignoreCase: true)
            : null;
    }

    public DateTimeOffset? Time(string name)
    {
        DateTimeOffset time = default;
        return Text(name, text => TryParseTime(text, out time), "a time such as 2026-03-14T09:26:53Z") is null ? null : time;
    }

    public TimeSpan? Duration(string name)
    {
        TimeSpan duration = default;
        return Text(name, text => TryParseDuration(text, out duration), $"an ISO 8601 duration such as PT10M, at most {XmlConvert.ToString(LongestDuration)}") is null ? null : duration;
    }

    /// <summary>How many entries a page is to hold at most.</summary>
    public int Top()
    {
        var top = DefaultTop;
        _ = Text(
            "top",
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out top) && top is > 0 and <= MostTop,
            $"a whole number from 1 to {MostTop}");
        return top;
    }

    /// <summary>Where the page before ended, as so many keys; null for the first page.</summary>
    public string[]? Continuation(int keys) =>
        Text("continuationToken", text => PageToken.Read(text, keys) is not null, "the token that came with the page before") is { } text
            ? PageToken.Read(text, keys)
            : null;

    /// <summary>Refuses every parameter that has not been read by now.</summary>
    public void RefuseOthers()
    {
        foreach (var name in query.AllKeys.Where(name => !_names.Concat(HostNames).Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add(new FieldError(FieldError.Shorten(name ?? "?"), $"no parameter but {string.Join(", ", _names)}", "one"));
        }
    }

    private static bool TryParseTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool TryParseDuration(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return duration >= TimeSpan.Zero && duration <= LongestDuration;
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }
}
