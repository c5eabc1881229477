using System.Diagnostics;

namespace EmbeddedHost.Tests.Package;

/// <summary>The .NET command line, as people run it in a folder of their own.</summary>
internal static class DotnetTool
{
    // A first restore on a machine takes its packages from afar, a dozen samples are built at once, and other tests build and
    // run beside this one: it is only there so that what hangs is told.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>A command whose output is read, and that leaves no build server running.</summary>
    public static ProcessStartInfo StartInfo(string folder, params string[] arguments) => new("dotnet", arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = folder,
        Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" },
    };

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it printed.</exception>
    /// <exception cref="TimeoutException">It did not end; it is killed.</exception>
    public static async Task RunAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(folder, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"'dotnet {string.Join(' ', arguments)}' ended with {process.ExitCode}, expected 0:{Environment.NewLine}{await output}{await errors}");
        }
    }
}
