using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using OrderSagaFunctions.Tests.Deployment;

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
    private readonly string _program;
    private readonly string[] _options;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;
    private Channel<Uri> _starts = Channel.CreateUnbounded<Uri>();
    private bool _isStarting;

    private AppProcess(IReadOnlyDictionary<string, string> settings, bool demo, string[] options, string? program = null)
    {
        _program = program ?? AppStart.Program;
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

    /// <summary>Starts the app on a task hub, with settings over those of the demo.</summary>
    public static Task<AppProcess> StartOnAsync(IReadOnlyDictionary<string, string> hub, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(hub, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return StartAsync(all);
    }

    /// <summary>Starts another copy of the app, with settings.</summary>
    public static async Task<AppProcess> StartProgramAsync(string program, IReadOnlyDictionary<string, string> settings, params string[] options)
    {
        var app = new AppProcess(settings, demo: false, options, program);
        await app.StartAgainAsync();
        return app;
    }

    /// <summary>Starts it once more on the same data folder.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened.</exception>
    public async Task StartAgainAsync(FileSizeLimit? limit = null)
    {
        var start = limit?.Apply(StartInfo()) ?? StartInfo();
        var starts = Channel.CreateUnbounded<Uri>();
        _starts = starts;
        var process = Process.Start(start)!;
        _process = process;
        process.OutputDataReceived += (_, line) => Look(line.Data, starts.Writer);
        process.ErrorDataReceived += (_, line) => Look(line.Data, starts.Writer);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => starts.Writer.TryComplete();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilItListensAsync();
    }

    /// <summary>Waits for the next start: the one that was asked for, or one that a supervisor makes.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened.</exception>
    public async Task UntilItListensAsync()
    {
        try
        {
            Address = await _starts.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (ChannelClosedException e)
        {
            throw new InvalidOperationException("The app ended:" + Environment.NewLine + Output, e);
        }
    }

    /// <summary>The id of the process that a supervisor runs the host in.</summary>
    public async Task<int> HostIdAsync()
    {
        var processes = await Tool.RunAsync("ps", new Dictionary<string, string>(StringComparer.Ordinal), "-A", "-o", "ppid=,pid=");
        var host = processes.Output.Split('\n')
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(ids => ids.Length == 2 && ids[0] == Id.ToString());
        return int.Parse(host[1]);
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does, and waits until no process has its output any more: its children have ended, too.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
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
        string[] port = _options.Contains("--port") ? [] : ["--port", "0"];
        string[] data = _options.Contains("--data") ? [] : ["--data", DataFolder];
        foreach (var argument in (string[])
            [_program, .. port, .. demo, .. data, .. _options])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Look(string? line, ChannelWriter<Uri> starts)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        const string Scheme = "http://localhost:";
        var at = line.IndexOf(Scheme, StringComparison.Ordinal);
        if (line == "Functions:")
        {
            _isStarting = true;
        }
        else if (_isStarting && at >= 0)
        {
            _isStarting = false;
            var port = new string([.. line[(at + Scheme.Length)..].TakeWhile(char.IsAsciiDigit)]);
            _ = starts.TryWrite(new Uri("http://localhost:" + port));
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int Signal(int pid, int signal);
}
