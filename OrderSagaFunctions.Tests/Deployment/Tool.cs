using System.Diagnostics;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>What a command-line tool has answered.</summary>
internal sealed record Tool(int ExitCode, string Output, string Errors)
{
    // Some fetch what they need from afar.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs a tool to its end.</summary>
    /// <param name="file">The tool.</param>
    /// <param name="environment">What its environment has beside this process's.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="TimeoutException">It does not come to an end; it is killed.</exception>
    public static Task<Tool> RunAsync(string file, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunAsync(Patience, file, environment, arguments);

    /// <summary>Runs a tool that comes to its end before long.</summary>
    /// <inheritdoc cref="RunAsync(string, IReadOnlyDictionary{string, string}, string[])" path="/exception" />
    public static async Task<Tool> RunAsync(TimeSpan patience, string file, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{file} {string.Join(' ', arguments)} has not ended within {patience}:{await output}{await errors}", e);
        }

        return new Tool(process.ExitCode, await output, await errors);
    }
}
