using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using EmbeddedHost.Tests.Storage;

namespace EmbeddedHost.Tests.Package;

/// <summary>An app in an empty folder outside of this repository, which has the packages of this repository and none of its settings.</summary>
internal sealed partial class FreshApp : IAsyncDisposable
{
    private const string Nothing = "<Project />";

    // What the packages ask for has to be enough: a version that is not served, or too low, is an error here.
    private const string Strict =
        """
        <Project>
          <PropertyGroup>
            <WarningsAsErrors>$(WarningsAsErrors);NU1603;NU1605</WarningsAsErrors>
          </PropertyGroup>
        </Project>
        """;

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly PackedProjects _packages;
    private Process? _run;

    /// <param name="packages">The packages that it can restore, beside those of the machine's own sources.</param>
    /// <param name="files">Its files by name.</param>
    public FreshApp(PackedProjects packages, IReadOnlyDictionary<string, string> files)
    {
        _packages = packages;
        Dictionary<string, string> surroundings = new(StringComparer.Ordinal)
        {
            ["nuget.config"] = $"""<configuration><packageSources><add key="packed" value="{packages.Feed}" /></packageSources></configuration>""",
            // Nothing of a folder above comes in.
            ["Directory.Build.props"] = Strict,
            ["Directory.Build.targets"] = Nothing,
            ["Directory.Packages.props"] = Nothing,
        };
        foreach (var (name, content) in surroundings.Concat(files))
        {
            File.WriteAllText(_folder.File(name), content);
        }
    }

    /// <summary>Calls the app, wherever it listens now.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>Runs a command of .NET in the app's folder.</summary>
    public Task DotnetAsync(params string[] arguments) => DotnetTool.RunAsync(_folder.Path, arguments);

    /// <summary>Starts it with <c>dotnet run</c> on a free port and waits until it listens.</summary>
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

    /// <summary>Asks for a document until it is as a condition wants it.</summary>
    /// <param name="path">Where the document is.</param>
    /// <param name="condition">The condition.</param>
    /// <exception cref="TimeoutException">It never was; the message has what it was last.</exception>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition)
    {
        using var patience = new CancellationTokenSource(DotnetTool.Patience);
        JsonElement document = default;
        try
        {
            do
            {
                document = await Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), patience.Token);
            }
            while (!condition(document));
            return document;
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{path} was not as expected within {DotnetTool.Patience}. The last answer was {document}.", late);
        }
    }

    /// <summary>Ends the app at once, as <c>kill -9</c> does: not the <c>dotnet run</c> above it, which ends by itself then.</summary>
    /// <returns>The id of the process that it was.</returns>
    public async Task<int> KillAsync()
    {
        var id = Assert.Single(KillOwn());
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

        // What outlived its 'dotnet run' is no longer in its tree.
        _ = KillOwn();
        RemoveFromCaches();
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

    // A restore has unpacked the packages into the machine's folder of packages: nobody else will ever ask for this version.
    private void RemoveFromCaches()
    {
        foreach (var assets in Directory.EnumerateFiles(_folder.Path, "project.assets.json", SearchOption.AllDirectories))
        {
            RemoveFromCaches(assets);
        }
    }

    private void RemoveFromCaches(string assets)
    {
        using var restored = JsonDocument.Parse(File.ReadAllBytes(assets));
        var folders =
            from packages in restored.RootElement.GetProperty("packageFolders").EnumerateObject()
            from id in _packages.Ids
            select new DirectoryInfo(Path.Combine(packages.Name, id.ToLowerInvariant()));
        foreach (var folder in folders.ToList())
        {
            var version = new DirectoryInfo(Path.Combine(folder.FullName, _packages.Version));
            if (version.Exists)
            {
                version.Delete(recursive: true);
            }

            if (folder.Exists && !folder.EnumerateFileSystemInfos().Any())
            {
                folder.Delete();
            }
        }
    }

    // As the host lists a function with its address.
    [GeneratedRegex(@": \[[A-Z,]+\] (?<origin>http://localhost:\d+)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
