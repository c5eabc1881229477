using OrderSagaFunctions.Tests.Deployment;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>The Chromium of this machine. Where there is none, Debian's is installed with apt-get, as root or with sudo.</summary>
/// <param name="setting">The value of <see cref="Setting"/>; null or empty where it is not set.</param>
/// <param name="searchPath">The folders in which programs are found, as in PATH.</param>
internal sealed class Chromium(string? setting, string searchPath)
{
    /// <summary>The environment variable with the path of the browser to take.</summary>
    public const string Setting = "ORDER_SAGA_CHROMIUM";

    private const string Remedy = $"Install chromium, or set {Setting} to the path of a Chromium or Chrome.";

    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly string[] Update = ["-o", "Acquire::Retries=3", "update"];
    private static readonly string[] Install =
        ["-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends", "chromium"];

    private static readonly Dictionary<string, string> Unattended = new(StringComparer.Ordinal) { ["DEBIAN_FRONTEND"] = "noninteractive" };

    /// <summary>The path of this machine's browser, which is installed first where that is needed.</summary>
    /// <exception cref="InvalidOperationException">There is no browser, and none could be installed.</exception>
    public static Task<string> PathAsync()
    {
        var chromium = new Chromium(Environment.GetEnvironmentVariable(Setting), Environment.GetEnvironmentVariable("PATH") ?? "");

        // A mutex belongs to a thread: all of it runs on one.
        return Task.Run(chromium.Path);
    }

    /// <summary>The path of the browser, which is installed first where that is needed.</summary>
    /// <exception cref="InvalidOperationException">There is no browser, and none could be installed.</exception>
    public string Path()
    {
        if (!string.IsNullOrEmpty(setting))
        {
            return File.Exists(setting)
                ? setting
                : throw new InvalidOperationException($"{Setting} is '{setting}': expected the path of a Chromium or Chrome, found no such file.");
        }

        return Existing() ?? InstallOnce();
    }

    private string? Existing() => Programs.Select(Find).FirstOrDefault(static path => path is not null);

    private string? Find(string program) => searchPath
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    // Of several test runs on a machine, one installs it and the others wait.
    private string InstallOnce()
    {
        using var turn = new Mutex(initiallyOwned: false, "order-saga-chromium", new NamedWaitHandleOptions { CurrentUserOnly = false, CurrentSessionOnly = false });
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Another run ended half-way. apt-get takes up from there.
        }

        try
        {
            return Existing() ?? InstallWithApt();
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }

    private string InstallWithApt()
    {
        var searched = $"No {string.Join(", ", Programs)} in PATH";
        var apt = Find("apt-get") ?? throw new InvalidOperationException($"{searched}, and no apt-get to install it with. {Remedy}");
        string[] command = [apt];
        if (!Environment.IsPrivilegedProcess)
        {
            var sudo = Find("sudo") ?? throw new InvalidOperationException($"{searched}; apt-get needs root, and there is no sudo. {Remedy}");
            command = [sudo, "-n", "env", "DEBIAN_FRONTEND=noninteractive", apt];
        }

        // Package lists of another time may do where they cannot be updated: installing decides.
        var update = Run([.. command, .. Update]);
        var install = Run([.. command, .. Install]);
        return Existing() ?? throw new InvalidOperationException(string.Join(Environment.NewLine, $"{searched}, and it could not be installed.", update, install, Remedy));
    }

    private static string Run(string[] command)
    {
        var tool = Tool.RunAsync(command[0], Unattended, command[1..]).GetAwaiter().GetResult();
        return $"'{string.Join(' ', command)}' ended with {tool.ExitCode}: {tool.Errors}";
    }
}
