using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting.Configuration;

/// <summary>The functions that settings switch off, as on Azure: <c>AzureWebJobs.&lt;function&gt;.Disabled</c>.</summary>
internal static class DisabledFunctions
{
    /// <summary>Whether a function is among them.</summary>
    // Where names of settings can have no dots, they have two underscores.
    public static bool Has(IConfiguration configuration, string function) =>
        (configuration[$"AzureWebJobs.{function}.Disabled"] ?? configuration[$"AzureWebJobs:{function}:Disabled"]) is { } value
        && (value == "1" || string.Equals(value, bool.TrueString, StringComparison.OrdinalIgnoreCase));
}
