using System.Diagnostics;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>What a command-line tool has answered.</summary>
internal sealed record Tool(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a tool to its end.</summary>
    /// <param name="file">The tool.</param>
    /// <param name="environment">What its environment has beside this process's.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<Tool> RunAsync(string file, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Tool(process.ExitCode, await output, await errors);
    }
}
