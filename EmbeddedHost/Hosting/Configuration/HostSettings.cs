namespace EmbeddedHost.Hosting.Configuration;

/// <summary>Everything that options and files say about the host, read once at start.</summary>
internal sealed record HostSettings(HostArguments Arguments, HostJson Host, LocalSettings Local, string ContentRoot)
{
    private const int DefaultPort = 7071;

    /// <summary>The loopback port to listen on; 0 takes a free one.</summary>
    public int Port => Arguments.Port ?? Local.Port ?? DefaultPort;

    /// <summary>Where the task hub and the tables live.</summary>
    public string DataFolder => Arguments.DataFolder ?? Path.Combine(ContentRoot, ".data");

    /// <summary>Reads options and files.</summary>
    /// <exception cref="HostStartupException">One of them is not what it should be.</exception>
    public static HostSettings Read(IReadOnlyList<string> arguments, string contentRoot) =>
        new(HostArguments.Parse(arguments), HostJson.Read(contentRoot), LocalSettings.Read(contentRoot), contentRoot);
}
