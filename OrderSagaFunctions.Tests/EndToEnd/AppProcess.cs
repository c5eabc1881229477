using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The app as its users run it: a process of its own, a real port, a data folder that outlives a kill.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    internal const int Sigint = 2;

    private const int Sigterm = 15;
    private static readonly (int Stop, int Continue) Freeze = OperatingSystem.IsMacOS() ? (17, 19) : (19, 18);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("app-").FullName;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly bool _demo;
    private readonly string[] _options;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private AppProcess(IReadOnlyDictionary<string, string> settings, bool demo, string[] options)
    {
        _settings = settings;
        _demo = demo;
        _options = options;
        Orders = new OrderClient(this);
    }

    /// <summary>The API, wherever the process listens now.</summary>
    public OrderClient Orders { get; }

    /// <summary>Where the process listens.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>The process's id.</summary>
    public int Id => _process!.Id;

    /// <summary>Where its state is.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>What it printed so far.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts the app with settings, over those of the demo where that is wanted.</summary>
    public static async Task<AppProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null, bool demo = true, params string[] options)
    {
        var app = new AppProcess(settings ?? new Dictionary<string, string>(StringComparer.Ordinal), demo, options);
        await app.StartAgainAsync();
        return app;
    }

    /// <summary>Starts it once more on the same data folder.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened.</exception>
    public async Task StartAgainAsync(FileSizeLimit? limit = null)
    {
        var start = limit?.Apply(StartInfo()) ?? StartInfo();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Process.Start(start)!;
        _process = process;
        process.OutputDataReceived += (_, line) => Look(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Look(line.Data, listening);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The app ended:" + Environment.NewLine + Output));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(Patience);
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as a service manager does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        _ = Signal(_process!.Id, Sigterm);
        return await EndOfProcessAsync();
    }

    /// <summary>Sends it what a terminal's Ctrl-C does.</summary>
    public void Interrupt() => _ = Signal(Id, Sigint);

    /// <summary>Lets nothing of it run while <paramref name="act"/> does.</summary>
    public async Task WhileFrozenAsync(Func<Task> act)
    {
        _ = Signal(Id, Freeze.Stop);
        try
        {
            await act();
        }
        finally
        {
            _ = Signal(Id, Freeze.Continue);
        }
    }

    /// <summary>Waits until it has ended by itself and all it printed is here, and returns its exit code.</summary>
    public async Task<int> EndOfProcessAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process!.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Orders.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] demo = _demo ? ["--demo"] : [];
        string[] data = _options.Contains("--data") ? [] : ["--data", DataFolder];
        foreach (var argument in (string[])
            [AppStart.Program, "--port", "0", .. demo, .. data, .. _options])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Look(string? line, TaskCompletionSource<Uri> listening)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        const string Scheme = "http://localhost:";
        var at = line.IndexOf(Scheme, StringComparison.Ordinal);
        if (at >= 0)
        {
            var port = new string([.. line[(at + Scheme.Length)..].TakeWhile(char.IsAsciiDigit)]);
            _ = listening.TrySetResult(new Uri("http://localhost:" + port));
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int Signal(int pid, int signal);
}
