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

    /// <summary>Where a file of the app is.</summary>
    public string PathOf(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Runs a command of .NET in the app's folder.</summary>
    public Task DotnetAsync(params string[] arguments) => _folder.DotnetAsync(arguments);

    /// <summary>Starts it with <c>dotnet run</c> on a free port and waits until it listens.</summary>
    /// <param name="options">Options of <c>dotnet run</c>.</param>
    /// <exception cref="InvalidOperationException">It ended before; the message has what it printed.</exception>
    public Task RunAsync(params string[] options) => StartAsync(["run", .. options]);

    /// <summary>Starts it with <c>dotnet watch run</c>, as <see cref="RunAsync"/>: what changes restarts it.</summary>
    /// <exception cref="InvalidOperationException">It ended before; the message has what it printed.</exception>
    public Task WatchAsync() => StartAsync(["watch", "run", "--non-interactive", "--no-hot-reload"]);

    /// <summary>Changes a file of the app that is watched, and waits until it listens again.</summary>
    /// <param name="name">The file.</param>
    /// <param name="old">A text in it.</param>
    /// <param name="changed">What takes its place.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message has what it printed.</exception>
    public Task ChangeAsync(string name, string old, string changed)
    {
        var content = File.ReadAllText(PathOf(name));
        Assert.Contains(old, content, StringComparison.Ordinal);
        File.WriteAllText(PathOf(name), content.Replace(old, changed, StringComparison.Ordinal));
        return _run!.UntilItListensAsync();
    }

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

    private async Task StartAsync(string[] command) =>
        _run = await AppProcess.StartAsync(DotnetTool.StartInfo(_folder.Path, [.. command, "--", "--port", "0"]));

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
