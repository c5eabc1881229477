using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Bench;

/// <summary>The order saga on the embedded host, as a process of its own on a fresh data folder.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private HostProcess(Process process, string folder, Uri address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>CPU time of all its threads so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory it had resident, MiB.</summary>
    public double PeakRssMb
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1024d / 1024d;
        }
    }

    private string DataFolder => Path.Combine(_folder, "data");

    private string StatsFile => Path.Combine(_folder, "stats.json");

    public static async Task<HostProcess> StartAsync(SagaPath path)
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                AppFile(), "--port", "0", "--data", Path.Combine(folder, "data"), "--stats", Path.Combine(folder, "stats.json"),
            },
            Environment =
            {
                ["Saga__FaultInjection"] = path == SagaPath.Compensate ? "true" : "false",
                ["Saga__OnCompensationFailure"] = "Continue",
                ["Inventory__Seed"] = string.Join(',', Load.Items.Select(static item => item + "=1000000000")),
            },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The host could not be started.");
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Look(line.Data, address);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException("The host ended before it listened."));
        process.BeginOutputReadLine();
        return new HostProcess(process, folder, await address.Task);
    }

    /// <summary>Stops the host as an operator would, and reads what it leaves: commits, and bytes after a checkpoint.</summary>
    public async Task<(long Commits, long Bytes)> StopAsync()
    {
        _ = Kill(_process.Id, Sigterm);
        await _process.WaitForExitAsync();
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
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
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

    private static string AppFile()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "OrderSaga.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("Run the benchmark from a checkout of the repository.");
        }

        // The benchmark and the app are built together, in the same configuration.
        var output = Path.GetRelativePath(Path.Combine(root.FullName, "bench"), AppContext.BaseDirectory);
        return Path.Combine(root.FullName, "OrderSagaFunctions", output, "OrderSagaFunctions.dll");
    }

    private const int Sigterm = 15;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
