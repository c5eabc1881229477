using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using EmbeddedHost.Tests.Storage;

namespace EmbeddedHost.Tests.Package;

/// <summary>An app in an empty folder outside of this repository, which has the host as a package.</summary>
internal sealed partial class FreshApp : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly string _version;
    private Process? _run;

    public FreshApp(PackedHost host)
    {
        _version = host.Version;
        foreach (var (name, content) in FreshAppFiles.Of(host.Feed, host.Version))
        {
            File.WriteAllText(_folder.File(name), content);
        }
    }

    /// <summary>Calls the app, wherever it listens now.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>Starts it with <c>dotnet run</c> and waits until it listens.</summary>
    /// <param name="options">Options of <c>dotnet run</c>.</param>
    /// <exception cref="InvalidOperationException">It ended before; the message has what it printed.</exception>
    public async Task RunAsync(params string[] options)
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Process.Start(DotnetTool.StartInfo(_folder.Path, ["run", .. options, "--", "--port", "0"]))!;
        _run = run;
        run.OutputDataReceived += (_, line) => Look(line.Data, address);
        run.ErrorDataReceived += (_, line) => Look(line.Data, address);
        run.BeginOutputReadLine();
        run.BeginErrorReadLine();
        if (await Task.WhenAny(address.Task, run.WaitForExitAsync()).WaitAsync(DotnetTool.Patience) != address.Task)
        {
            throw new InvalidOperationException($"'dotnet run' ended before the app listened:{Environment.NewLine}{string.Join(Environment.NewLine, _output)}");
        }

        Http.Dispose();
        Http = new HttpClient { BaseAddress = await address.Task };
    }

    /// <summary>Ends the app at once, as <c>kill -9</c> does: not the <c>dotnet run</c> above it, which ends by itself then.</summary>
    /// <returns>The id of the process that it was.</returns>
    public async Task<int> KillAsync()
    {
        var id = int.Parse(await Http.GetStringAsync(new Uri("shop/process", UriKind.Relative)));
        using var app = Process.GetProcessById(id);
        app.Kill();
        await _run!.WaitForExitAsync().WaitAsync(DotnetTool.Patience);
        _run.Dispose();
        _run = null;
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_run is not null)
        {
            _run.Kill(entireProcessTree: true);
            await _run.WaitForExitAsync();
            _run.Dispose();
        }

        RemoveFromCaches();
        _folder.Dispose();
    }

    private void Look(string? line, TaskCompletionSource<Uri> address)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = address.TrySetResult(new Uri(match.Groups["origin"].Value));
            }
        }
    }

    // A restore has unpacked the package into the machine's folder of packages: nobody else will ever ask for this version.
    private void RemoveFromCaches()
    {
        var assets = _folder.File("obj/project.assets.json");
        if (!File.Exists(assets))
        {
            return;
        }

        using var restored = JsonDocument.Parse(File.ReadAllBytes(assets));
        foreach (var packages in restored.RootElement.GetProperty("packageFolders").EnumerateObject())
        {
            var id = new DirectoryInfo(Path.Combine(packages.Name, PackedHost.Id.ToLowerInvariant()));
            var version = new DirectoryInfo(Path.Combine(id.FullName, _version));
            if (version.Exists)
            {
                version.Delete(recursive: true);
            }

            if (id.Exists && !id.EnumerateFileSystemInfos().Any())
            {
                id.Delete();
            }
        }
    }

    [GeneratedRegex(@"Start: \[POST\] (?<origin>http://localhost:\d+)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
