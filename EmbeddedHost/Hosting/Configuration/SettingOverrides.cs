using System.Collections;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>
/// Settings that go before what <c>host.json</c> says, in the Functions host's way: <c>AzureFunctionsJobHost__extensions__http__routePrefix</c>
/// is its <c>extensions.http.routePrefix</c>. Names match in any case, as those of settings do.
/// </summary>
internal sealed class SettingOverrides
{
    private const string Prefix = "AzureFunctionsJobHost:";

    private readonly Dictionary<string, KeyValuePair<string, string>> _byPath = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="settings">All settings there are; a later one goes before an earlier one of its name.</param>
    public SettingOverrides(IEnumerable<KeyValuePair<string, string>> settings)
    {
        foreach (var setting in settings)
        {
            var name = setting.Key.Replace("__", ":", StringComparison.Ordinal);
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                _byPath[name[Prefix.Length..].Replace(':', '.')] = setting;
            }
        }
    }

    /// <summary>Those of the local settings, of the environment and of a host's own setup, each before those named first.</summary>
    public static SettingOverrides Of(LocalSettings local, IEnumerable<KeyValuePair<string, string>> setup) => new(
        local.Values
            .Concat(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(static variable => new KeyValuePair<string, string>((string)variable.Key, (string?)variable.Value ?? "")))
            .Concat(setup));

    /// <summary>The setting, by its own name, that stands for the value at a path of the file; null: none does.</summary>
    public KeyValuePair<string, string>? Find(string path) => _byPath.TryGetValue(path, out var setting) ? setting : null;

    /// <summary>The values that settings put into an object of the file, by key.</summary>
    public IEnumerable<KeyValuePair<string, string>> Below(string path) =>
        from one in _byPath
        where one.Key.StartsWith(path + ".", StringComparison.OrdinalIgnoreCase)
        select new KeyValuePair<string, string>(one.Key[(path.Length + 1)..], one.Value.Value);
}
