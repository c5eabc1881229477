using System.Globalization;

namespace Bench;

/// <summary>A command's options: pairs of a known name and a value.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">An option is unknown, or has no value.</exception>
    public Options(string[] arguments, params string[] known)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!known.Contains(arguments[i]))
            {
                throw new ArgumentException($"There is no option '{arguments[i]}'.");
            }

            _values[arguments[i]] = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"The option '{arguments[i]}' needs a value.");
        }
    }

    /// <summary>An option's text, or null where it is not given.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>An option's number, or the default.</summary>
    /// <exception cref="ArgumentException">It is no whole number above 0.</exception>
    public int Number(string name, int otherwise) => Text(name) switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var text => throw new ArgumentException($"The option '{name}' needs a whole number above 0, not '{text}'."),
    };
}
