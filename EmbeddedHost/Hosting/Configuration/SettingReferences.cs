using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>Settings that a text of a binding names between percent signs: <c>%Name%</c>.</summary>
internal static partial class SettingReferences
{
    /// <summary>The first setting that a text names and that has no value; null: each has one.</summary>
    public static string? FindMissing(string text, IConfiguration configuration) => Reference().Matches(text)
        .Select(static match => match.Groups["name"].Value)
        .FirstOrDefault(name => Value(configuration, name) is null);

    /// <summary>The text with the settings' values; one that has none is left out.</summary>
    public static string Resolve(string text, IConfiguration configuration) =>
        Reference().Replace(text, match => Value(configuration, match.Groups["name"].Value) ?? string.Empty);

    // Two underscores stand for the colon, as in the environment. An empty value is none.
    private static string? Value(IConfiguration configuration, string name) =>
        (configuration[name] ?? configuration[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)]) is { Length: > 0 } value ? value : null;

    [GeneratedRegex("%(?<name>[^%]*)%", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
