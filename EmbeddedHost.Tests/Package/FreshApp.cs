using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace EmbeddedHost.Tests.Package;

/// <summary>An app in an empty folder, run by the commands of .NET as people do.</summary>
/// <param name="packages">The packages that it can restore, beside those of the machine's own sources.</param>
/// <param name="files">Its files by name.</param>
internal sealed class FreshApp(PackedProjects packages, IReadOnlyDictionary<string, string> files) : IAsyncDisposable
{
    private readonly FreshFolder _folder = new(packages, files);
    private AppProcess? _run;

    /// <summary>Calls the app, wherever it listens now.</summary>
    public HttpClient Http => _run!.Http;

    /// <summary>Runs a command of .NET in the app's folder.</summary>
    public Task DotnetAsync(params string[] arguments) => _folder.DotnetAsync(arguments);

    /// <summary>Starts it with <c>dotnet run</c> on a free port and waits until it listens.</summary>
    /// <param name="options">Options of <c>dotnet run</c>.</param>
    /// <exception cref="InvalidOperationException">It ended before; the message has what it printed.</exception>
    public async Task RunAsync(params string[] options) =>
        _run = await AppProcess.StartAsync(DotnetTool.StartInfo(_folder.Path, ["run", .. options, "--", "--port", "0"]));

    /// <inheritdoc cref="AppProcess.UntilAsync"/>
    public Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition) => _run!.UntilAsync(path, condition);

    /// <summary>Ends the app at once, as <c>kill -9</c> does: not the <c>dotnet run</c> above it, which ends by itself then.</summary>
    /// <returns>The id of the process that it was.</returns>
    public async Task<int> KillAsync()
    {
        var id = Assert.Single(KillOwn());
        await _run!.EndAsync().WaitAsync(DotnetTool.Patience);
        await _run.DisposeAsync();
        _run = null;
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            await _run.DisposeAsync();
        }

        // What outlived its 'dotnet run' is no longer in its tree.
        _ = KillOwn();
        _folder.Dispose();
    }

    // The app's process is the one that runs its executable: nothing else is started from its folder.
    private List<int> KillOwn()
    {
        var killed = new List<int>();
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (IsOwn(process))
                {
                    process.Kill();
                    killed.Add(process.Id);
                }
            }
        }

        return killed;
    }

    private bool IsOwn(Process process)
    {
        try
        {
            // By the folder's name: the system may know a temporary folder by another path.
            return process.MainModule?.FileName.Contains(Path.GetFileName(_folder.Path), StringComparison.Ordinal) ?? false;
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            // Somebody else's, or it has ended.
            return false;
        }
    }
}
