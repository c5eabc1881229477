using System.ComponentModel;
using System.Diagnostics;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>Starts Node.js and its package manager.</summary>
internal static class NodeTool
{
    public static ProcessStartInfo StartInfo(string tool, params string[] arguments) => new(tool, arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
    };

    /// <exception cref="InvalidOperationException">The tool is not installed.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"'{start.FileName}' was not found, and Azurite runs on it. "
                + "Install Node.js, 18.19 or later, with npm (on Debian: apt install nodejs npm).", e);
        }
    }
}
