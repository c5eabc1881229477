using System.Buffers.Text;
using System.Collections.Specialized;
using System.Text;
using Microsoft.Azure.Functions.Worker.Http;
using Reading;
using Sagas.Fields;

namespace Sagas.Http;

/// <summary>
/// Reads a query's parameters and collects what is wrong with them. One that nobody asked for is wrong too: misspelt, it
/// would silently widen a search.
/// </summary>
/// <param name="query">The query's parameters.</param>
/// <param name="errors">Takes what is wrong. A reading method returns null after it has added an error.</param>
public sealed class QueryFields(NameValueCollection query, ICollection<FieldError> errors)
{
    /// <summary>The entries of a page at most, where the caller does not say.</summary>
    public const int DefaultTop = 50;

    /// <summary>The most that a caller can ask for.</summary>
    public const int MostTop = 500;

    /// <summary>The rule of a page's token, for messages.</summary>
    public const string TokenRule = "the token that came with the page before";

    /// <summary>The rule of a duration, for messages.</summary>
    public const string DurationRule = $"{Times.DurationRule}, at most P365D";

    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(365);

    // The host's own: both take a key from 'code', and Azure the key's name from 'clientId'.
    private static readonly string[] HostNames = ["code", "clientId"];

    private readonly List<string> _names = [];

    /// <summary>The rule of a page's size, for messages.</summary>
    public static string TopRule => $"a whole number from 1 to {MostTop}";

    /// <summary>Reads a text.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="isValid">Says whether a text is allowed there.</param>
    /// <param name="expected">What is allowed, for the error's message.</param>
    /// <returns>The value; null if the query does not have it, and null, with an error, if it is not allowed.</returns>
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

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The value; null if the query does not have it, and null, with an error, if it is anything else.</returns>
    public bool? Flag(string name)
    {
        var flag = false;
        return Text(name, text => Names.TryFlag(text, out flag), Names.FlagRule) is null ? null : flag;
    }

    /// <summary>Reads a value of an enumeration by its name, in any case.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The value; null if the query does not have it, and null, with an error, if the enumeration has no such name.</returns>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        T value = default;
        return Text(name, text => Names.TryValue(text, out value), Names.RuleOf(typeof(T))) is null ? null : value;
    }

    /// <summary>Reads a time in ISO 8601 (<see cref="IsoTime"/>).</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The value; null if the query does not have it, and null, with an error, if it is not a time.</returns>
    public DateTimeOffset? Time(string name)
    {
        DateTimeOffset time = default;
        return Text(name, text => IsoTime.TryParse(text, out time), IsoTime.Rule) is null ? null : time;
    }

    /// <summary>Reads a duration such as <c>00:10:00</c> or <c>PT10M</c>, of at most 365 days.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The value; null if the query does not have it, and null, with an error, if it is not such a duration.</returns>
    public TimeSpan? Duration(string name)
    {
        TimeSpan duration = default;
        return Text(name, text => Times.TryDuration(text, out duration) && duration <= LongestDuration, DurationRule) is null ? null : duration;
    }

    /// <summary>How many entries a page is to hold at most.</summary>
    public int Top()
    {
        long top = DefaultTop;
        _ = Text("top", text => Numbers.TryWhole(text, 1, MostTop, out top), TopRule);
        return (int)top;
    }

    /// <summary>Where the page before ended, as the keys that such a page has; null for the first page.</summary>
    public string[]? Continuation(params Func<string, bool>[] areKeys) =>
        Text("continuationToken", text => PageToken.Read(text, areKeys) is not null, TokenRule) is { } text
            ? PageToken.Read(text, areKeys)
            : null;

    /// <summary>What is wrong with the query of a request that has no parameters: each one that it has.</summary>
    public static IList<FieldError> RefuseAll(HttpRequestData request)
    {
        var errors = new List<FieldError>();
        new QueryFields(request.Query, errors).RefuseOthers();
        return errors;
    }

    /// <summary>Refuses every parameter that has not been read by now.</summary>
    public void RefuseOthers()
    {
        foreach (var name in query.AllKeys.Where(name => !_names.Concat(HostNames).Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            var known = _names.Count == 0 ? "no parameter" : $"no parameter but {string.Join(", ", _names)}";
            errors.Add(new FieldError(FieldError.Shorten(name ?? "?"), known, FieldError.Shorten(query[name] ?? string.Empty)));
        }
    }
}

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
