using System.Net;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>Everything that options and files say about the host, read once at start.</summary>
internal sealed record HostSettings(HostArguments Arguments, HostJson Host, LocalSettings Local, string ContentRoot)
{
    private const int DefaultPort = 7071;
    private static readonly string[] HostPrefixes = ["DOTNET_", "ASPNETCORE_"];

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port => Arguments.Port ?? Local.Port ?? DefaultPort;

    /// <summary>The address to listen on; the IPv4 one stands for both loopback addresses where nothing else was asked for.</summary>
    public IPAddress Address => Arguments.Address ?? IPAddress.Loopback;

    /// <summary>Whether nobody but this machine can reach the host.</summary>
    public bool IsLocal => IPAddress.IsLoopback(Address);

    /// <summary>Whether functions and the management API ask for keys.</summary>
    public bool AsksForKeys => Arguments.RequireKeys || !IsLocal;

    /// <summary>Where the task hub and the tables live.</summary>
    public string DataFolder => Arguments.DataFolder ?? Path.Combine(ContentRoot, ".data");

    /// <summary>Whether anything has been set for the app: in a file of its own, or in the environment.</summary>
    public bool HasAppSettings => Local.IsOwn
        || Directory.EnumerateFiles(ContentRoot, "appsettings*.json").Any()
        || Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(IsAppSetting);

    /// <summary>
    /// Whether a variable of the environment is a setting of the app: <c>Section__Key</c>, or the storage connection. What is
    /// for .NET's own hosts has a prefix of theirs.
    /// </summary>
    public static bool IsAppSetting(string variable) =>
        variable.Equals(HostConfiguration.StorageKey, StringComparison.OrdinalIgnoreCase)
        || (variable.IndexOf("__", StringComparison.Ordinal) is > 0 and var at && at + 2 < variable.Length
            && !Array.Exists(HostPrefixes, prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Reads options and files.</summary>
    /// <param name="arguments">The options.</param>
    /// <param name="contentRoot">The folder of the files.</param>
    /// <param name="settings">Settings that go before files and environment.</param>
    /// <exception cref="HostStartupException">One of them is not what it should be.</exception>
    public static HostSettings Read(
        IReadOnlyList<string> arguments, string contentRoot, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        var options = HostArguments.Parse(arguments);
        var local = LocalSettings.Read(contentRoot, options.Demo);
        return new HostSettings(options, HostJson.Read(contentRoot, SettingOverrides.Of(local, settings ?? [])), local, contentRoot);
    }
}
