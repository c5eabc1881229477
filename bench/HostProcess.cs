using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using EmbeddedHost.Tests.Compatibility;

namespace Bench;

/// <summary>The order saga as a process of its own: on the embedded engine, over a fresh data folder, or on a storage account.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("bench-").FullName;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly string? _account;
    private readonly string _appFile;
    private Process? _process;

    private HostProcess(IReadOnlyDictionary<string, string> settings, string? account, string appFile) =>
        (_settings, _account, _appFile) = (settings, account, appFile);

    /// <summary>Where it listens, or did before it was killed.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>CPU time of all its threads so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory it had resident, MiB.</summary>
    public double PeakRssMb
    {
        get
        {
            _process!.Refresh();
            return _process.PeakWorkingSet64 / 1024d / 1024d;
        }
    }

    private string DataFolder => Path.Combine(_folder, "data");

    private string StatsFile => Path.Combine(_folder, "stats.json");

    /// <summary>Starts it on a fresh data folder, with the load's items in stock.</summary>
    /// <param name="settings">Settings of the app.</param>
    /// <param name="account">The storage account for Microsoft's engine; null: the embedded engine.</param>
    /// <param name="appFile">The app of another build; null: that of this one.</param>
    public static async Task<HostProcess> StartAsync(IReadOnlyDictionary<string, string> settings, string? account = null, string? appFile = null)
    {
        var host = new HostProcess(settings, account, appFile ?? OwnAppFile());
        await host.StartAgainAsync();
        return host;
    }

    /// <summary>Starts it once more on the same data folder.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened.</exception>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { _appFile, "--demo", "--port", "0", "--data", DataFolder },
            Environment = { ["Inventory__Seed"] = Load.Seed },
        };
        foreach (var option in _account is null ? (string[])["--stats", StatsFile] : ["--engine", "AzureStorage"])
        {
            start.ArgumentList.Add(option);
        }

        if (_account is not null)
        {
            start.Environment["AzureWebJobsStorage"] = _account;
        }

        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process?.Dispose();
        _process = Process.Start(start) ?? throw new InvalidOperationException("The host could not be started.");
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Look(line.Data, address);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => address.TrySetException(new InvalidOperationException("The host ended before it listened."));
        _process.BeginOutputReadLine();
        Address = await address.Task;
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the host as an operator would, and returns its exit code; kills it where it has not ended after a minute.</summary>
    public async Task<int> EndAsync()
    {
        _ = Signal(_process!.Id, Sigterm);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(LongestEnd);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }

        return _process.ExitCode;
    }

    /// <summary>Stops the host as an operator would, and reads what it leaves: commits, and bytes after a checkpoint.</summary>
    public async Task<(long Commits, long Bytes)> StopAsync()
    {
        _ = await EndAsync();
        using var stats = JsonDocument.Parse(await File.ReadAllTextAsync(StatsFile));
        var commits = stats.RootElement.GetProperty("hubCommits").GetInt64() + stats.RootElement.GetProperty("tableCommits").GetInt64();
        var bytes = 0L;
        foreach (var file in Directory.EnumerateFiles(DataFolder))
        {
            if (Path.GetExtension(file) is ".db")
            {
                Checkpoint(file);
            }
        }

        foreach (var file in Directory.EnumerateFiles(DataFolder))
        {
            bytes += new FileInfo(file).Length;
        }

        return (commits, bytes);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process!.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Checkpoint(string file)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        _ = command.ExecuteNonQuery();
    }

    // The first URL in the list of functions tells the port that the system chose.
    private static void Look(string? line, TaskCompletionSource<Uri> address)
    {
        const string Scheme = "http://localhost:";
        var at = line?.IndexOf(Scheme, StringComparison.Ordinal) ?? -1;
        if (at < 0)
        {
            return;
        }

        var port = string.Concat(line!.AsSpan(at + Scheme.Length).ToString().TakeWhile(char.IsAsciiDigit));
        _ = address.TrySetResult(new Uri("http://127.0.0.1:" + int.Parse(port, CultureInfo.InvariantCulture)));
    }

    private static string OwnAppFile()
    {
        // The benchmark and the app are built together, in the same configuration.
        var output = Path.GetRelativePath(Repository.Path("bench"), AppContext.BaseDirectory);
        return Repository.Path("OrderSagaFunctions", output, "OrderSagaFunctions.dll");
    }

    private const int Sigterm = 15;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int pid, int signal);
}
