using System.Reflection;

namespace EmbeddedHost.Hosting;

/// <summary>What a host is built from.</summary>
internal sealed record HostSetup
{
    /// <summary>The host's options, as on the command line.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The assemblies whose functions are hosted.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; init; } = [];

    /// <summary>The folder that holds <c>host.json</c> and the local settings.</summary>
    public string ContentRoot { get; init; } = AppContext.BaseDirectory;
}
