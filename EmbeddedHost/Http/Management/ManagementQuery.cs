using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Reading;

namespace EmbeddedHost.Http.Management;

/// <summary>Reads the query of a management call; what is wrong in it is a 400, and so is what the call does not have.</summary>
internal sealed class ManagementQuery(IQueryCollection values)
{
    // A caller who would wait longer than a day looks again instead.
    private const int LongestWait = 24 * 60 * 60;

    // Ticks of 100 ns.
    private const int SecondsDecimals = 7;

    // Of the original's own addresses: which hub, on which storage, and the key.
    private static readonly string[] Everywhere = ["taskHub", "connection", "code", "clientId"];

    private readonly List<string> _names = [];

    /// <summary>A truth value, or the given one where it is left out.</summary>
    public bool Flag(string name, bool otherwise) => Text(name) switch
    {
        null => otherwise,
        var text when Names.TryFlag(text, out var value) => value,
        var text => throw Wrong(name, Names.FlagRule, text),
    };

    /// <summary>A whole number from 1, or null.</summary>
    public int? Count(string name) => Text(name) switch
    {
        null => null,
        var text when Numbers.TryWhole(text, 1, int.MaxValue, out var value) => (int)value,
        var text => throw Wrong(name, "a whole number from 1", text),
    };

    /// <summary>A number of seconds, at most a day's; or null.</summary>
    public TimeSpan? Seconds(string name) => Text(name) switch
    {
        null => null,
        var text when Numbers.TryScaled(text, SecondsDecimals, out var ticks) && ticks is >= 0 and <= LongestWait * TimeSpan.TicksPerSecond => new(ticks),
        var text => throw Wrong(name, $"a number of seconds from 0 to {LongestWait}", text),
    };

    /// <summary>A time, or null; in UTC where it says no offset.</summary>
    public DateTimeOffset? Time(string name) => Text(name) switch
    {
        null => null,
        var text when Times.TryTime(text, out var value) => value,
        var text => throw Wrong(name, Times.TimeRule, text),
    };

    /// <summary>Statuses, repeated or separated by commas; null where there are none.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string name)
    {
        _names.Add(name);
        var texts = values[name].SelectMany(static value => (value ?? "").Split(',')).ToArray();
        return texts.Length == 0 ? null : [.. texts.Select(text => Status(name, text))];
    }

    /// <summary>A text; null where it is left out.</summary>
    public string? Text(string name)
    {
        _names.Add(name);
        return values[name] switch
        {
            [] => null,
            [var value] => value ?? "",
            var several => throw Wrong(name, "it once", several.ToString()),
        };
    }

    /// <summary>Refuses every value that was not asked for by now: misspelt, it would widen what a call does.</summary>
    public void RefuseOthers()
    {
        if (values.Keys.FirstOrDefault(name => !_names.Concat(Everywhere).Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Wrong(unknown, _names.Count == 0 ? "no value" : $"no value but {string.Join(", ", _names)}", values[unknown].ToString());
        }
    }

    private static OrchestrationRuntimeStatus Status(string name, string text) => Names.TryValue<OrchestrationRuntimeStatus>(text, out var status)
        ? status
        : throw Wrong(name, Names.RuleOf(typeof(OrchestrationRuntimeStatus)), text);

    private static ManagementException Wrong(string name, string expected, string found) =>
        new(StatusCodes.Status400BadRequest, $"Query value '{name}': expected {expected}, found '{found}'.");
}
