using System.Globalization;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;

namespace EmbeddedHost.Http.Keys;

/// <summary>The options that make and list keys instead of starting the host.</summary>
internal static class KeyCommands
{
    /// <summary>Makes the keys that the options ask for, and prints them: this once.</summary>
    /// <exception cref="HostStartupException">The set is unknown, or the keys cannot be written.</exception>
    public static void Create(HostSettings settings, IEnumerable<FunctionDescriptor> functions, TimeProvider time, TextWriter output)
    {
        var known = KeySet.AllOf(functions);
        var wanted = settings.Arguments.KeySet is { } name ? [Known(name, known)] : known;
        var store = new KeyStore(settings.DataFolder);
        var made = KeyMaker.Make(store, wanted, settings.Arguments.KeyOverlap, time.GetUtcNow());

        output.WriteLine($"New keys, shown this once ({store.FilePath} holds their hashes only):");
        output.WriteLine();
        var width = made.Max(key => key.Set.Length);
        foreach (var (set, secret) in made)
        {
            output.WriteLine($"  {set.PadRight(width)}  {secret}  opens {KeySet.OpenedBy(set)}");
        }

        output.WriteLine();
        output.WriteLine("Callers send a key in the header x-functions-key, or as the query value code.");
        output.WriteLine(settings.Arguments.KeyOverlap == TimeSpan.Zero
            ? "Earlier keys of the same sets open nothing any more."
            : $"Earlier keys of the same sets, if any, are valid for another {settings.Arguments.KeyOverlap.TotalHours:0} hours (--valid-for).");
    }

    /// <summary>Prints what keys there are, without anything that opens a door.</summary>
    /// <exception cref="HostStartupException">The keys cannot be read.</exception>
    public static void List(HostSettings settings, IReadOnlyList<AccessKey> ofSettings, TimeProvider time, TextWriter output)
    {
        var store = new KeyStore(settings.DataFolder);
        var keys = store.Read();
        output.WriteLine(keys.Count == 0 ? $"No keys in {settings.DataFolder}: make them with --create-keys." : $"Keys in {store.FilePath}:");
        foreach (var key in keys)
        {
            output.WriteLine($"  {key.Set}: made {Text(key.Created)}, {Validity(key, time.GetUtcNow())}");
        }

        if (ofSettings.Count > 0)
        {
            output.WriteLine("Keys of the settings, valid as long as they are set:");
        }

        foreach (var key in ofSettings)
        {
            output.WriteLine($"  {key.Set}: {key.Setting}");
        }
    }

    private static string Known(string name, IReadOnlyList<string> known) =>
        known.FirstOrDefault(set => set.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new HostStartupException($"Option --create-keys: expected one of {string.Join(", ", known)}, found '{name}'.");

    private static string Validity(AccessKey key, DateTimeOffset now) =>
        key.Expires is not { } end ? "valid" : key.IsValidAt(now) ? $"valid until {Text(end)}" : $"ended {Text(end)}";

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
