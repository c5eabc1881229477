using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Reading;

namespace EmbeddedHost.Http.Keys;

/// <summary>
/// Keys that a platform keeps as secrets and hands to the host as settings: <c>EmbeddedHost__Keys__SET</c>, or, for several of a
/// set, <c>EmbeddedHost__Keys__SET__0</c> and so on. So each of several hosts has the same.
/// </summary>
internal static class KeySettings
{
    /// <summary>An example of a setting's name: that of the master key.</summary>
    public const string Example = $"{Prefix}{KeySet.Master}";

    private const string Prefix = $"{HubOptions.Section}__{HubOptions.Keys}__";

    // Their hashes are fast ones (AccessKey.HashOf): what a person could think of must not be among them.
    private const int LeastCharacters = 32;
    private const int MostCharacters = 256;

    private static readonly string KeyRule = $"{LeastCharacters} to {MostCharacters} visible ASCII characters, such as --create-keys makes";

    /// <summary>Reads the keys; what a setting holds is in no message.</summary>
    /// <param name="configuration">The app's configuration.</param>
    /// <param name="sets">The sets that there are.</param>
    /// <exception cref="HostStartupException">A setting is of no set, or is no key.</exception>
    public static IReadOnlyList<AccessKey> Read(IConfiguration configuration, IReadOnlyList<string> sets)
    {
        var (keys, errors) = (new List<AccessKey>(), new List<string>());
        var section = configuration.GetSection($"{HubOptions.Section}:{HubOptions.Keys}");
        if (section.Value is not null)
        {
            errors.Add($"{HubOptions.Section}__{HubOptions.Keys} is one value, expected a key for each set under it, as in {Example}.");
        }

        foreach (var child in section.GetChildren())
        {
            if (sets.FirstOrDefault(set => set.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } set)
            {
                ReadSet(child, set, keys, errors);
            }
            else
            {
                errors.Add($"{Prefix}{child.Key} is the key of no set: expected one of {string.Join(", ", sets)}, as in {Example}.");
            }
        }

        return errors.Count == 0 ? keys : throw new HostStartupException(string.Join(Environment.NewLine, errors));
    }

    private static void ReadSet(IConfigurationSection section, string set, List<AccessKey> keys, List<string> errors)
    {
        var name = Prefix + set;
        if (section.Value is { } secret)
        {
            ReadKey(secret, set, name, keys, errors);
        }

        foreach (var child in section.GetChildren())
        {
            if (Numbers.AreDigits(child.Key) && child.Value is { } numbered)
            {
                ReadKey(numbered, set, $"{name}__{child.Key}", keys, errors);
            }
            else
            {
                errors.Add($"{name}__{child.Key} is no setting: several keys of a set are {name}__0, {name}__1 and so on.");
            }
        }
    }

    private static void ReadKey(string secret, string set, string name, List<AccessKey> keys, List<string> errors)
    {
        var isVisible = secret.All(static c => c is > ' ' and <= '~');
        if (!isVisible || secret.Length is < LeastCharacters or > MostCharacters)
        {
            errors.Add($"{name} is no key: expected {KeyRule}, found {secret.Length}{(isVisible ? string.Empty : ", not all of them such")}.");
            return;
        }

        var hash = AccessKey.HashOf(secret);
        if (keys.Find(key => key.Hash.AsSpan().SequenceEqual(hash)) is { } same)
        {
            errors.Add($"{name} is the same key as {same.Setting}: each has to be another one.");
            return;
        }

        keys.Add(new AccessKey(set, hash, Created: default, Expires: null) { Setting = name });
    }
}
