using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Reads the query of a management call; what is wrong in it is a 400.</summary>
internal readonly record struct ManagementQuery(IQueryCollection Values)
{
    // A caller who would wait longer than a day looks again instead.
    private const int LongestWait = 24 * 60 * 60;

    /// <summary>A truth value, or the given one where it is left out.</summary>
    public bool Flag(string name, bool otherwise) => Text(name) switch
    {
        null => otherwise,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw Wrong(name, "true or false", text),
    };

    /// <summary>A whole number from 1, or null.</summary>
    public int? Count(string name) => Text(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 => value,
        var text => throw Wrong(name, "a whole number from 1", text),
    };

    /// <summary>A number of seconds, at most a day's; or null.</summary>
    public TimeSpan? Seconds(string name) => Text(name) switch
    {
        null => null,
        var text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value <= LongestWait => TimeSpan.FromSeconds(value),
        var text => throw Wrong(name, $"a number of seconds from 0 to {LongestWait}", text),
    };

    /// <summary>A time, or null; in UTC where it says no offset.</summary>
    public DateTimeOffset? Time(string name) => Text(name) switch
    {
        null => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) => value,
        var text => throw Wrong(name, "a time such as 2026-07-01T12:00:00Z", text),
    };

    /// <summary>Statuses, repeated or separated by commas; null where there are none.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string name)
    {
        var texts = Values[name]
            .SelectMany(value => value!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToArray();
        return texts.Length == 0 ? null : [.. texts.Select(text => Status(name, text))];
    }

    /// <summary>A text; null where it is left out or empty.</summary>
    public string? Text(string name) => Values[name] is [{ Length: > 0 } value, ..] ? value : null;

    private static OrchestrationRuntimeStatus Status(string name, string text) =>
        Enum.TryParse<OrchestrationRuntimeStatus>(text, ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? status
            : throw Wrong(name, $"one of {string.Join(", ", Enum.GetNames<OrchestrationRuntimeStatus>())}", text);

    private static ManagementException Wrong(string name, string expected, string found) =>
        new(StatusCodes.Status400BadRequest, $"Query value '{name}': expected {expected}, found '{found}'.");
}
