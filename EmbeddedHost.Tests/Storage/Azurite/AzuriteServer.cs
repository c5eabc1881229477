using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>Azurite, in a process of its own on free ports, with a folder that goes when it ends.</summary>
/// <remarks>
/// Not in memory: there each queue message is an extent, and once a minute Azurite removes those of deleted messages one by one,
/// which takes it tens of seconds after a few thousand messages. It answers nobody meanwhile.
/// </remarks>
internal sealed class AzuriteServer
{
    /// <summary>The account of the table contract.</summary>
    public const string TableAccount = "tables";

    /// <summary>The account of the queue contract.</summary>
    public const string QueueAccount = "queues";

    /// <summary>The account of queues that functions are bound to.</summary>
    public const string FunctionsAccount = "functions";

    /// <summary>The account of task hubs.</summary>
    public const string HubAccount = "hubs";

    // Accounts that nobody has had yet.
    private static readonly string[] Fresh = [.. Enumerable.Range(1, 50).Select(static number => $"fresh{number}")];

    private const string Folder = "AZURITE_FOLDER";

    // The pipe closes with this process, however it ends: nothing is left running, or behind.
    private const string EndWithStdin = $"data:text/javascript,import{{rmSync}}from'node:fs';process.stdin.resume().on('end',()=>process.exit());"
        + $"process.on('exit',()=>rmSync(process.env.{Folder},{{recursive:true,force:true}}))";

    private static readonly string[] Services = ["blob", "queue", "table"];

    private static readonly Lazy<Task<AzuriteServer>> Shared = new(static () => StartAsync());

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly Dictionary<string, int> _ports = Services.ToDictionary(static service => service, static _ => FreePort(), StringComparer.Ordinal);

    // Held: a process that nothing refers to loses its pipe.
    private Process _process = null!;

    private int _taken;

    /// <summary>The server of this test run, started when it is first asked for.</summary>
    public static Task<AzuriteServer> SharedAsync() => Shared.Value;

    /// <summary>The server's standard input, which ends it when it closes.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>What the server prints once it listens.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>A client of an account's tables.</summary>
    public TableServiceClient Tables(string account) =>
        new(new Uri(Endpoint("table", account)), new TableSharedKeyCredential(account, _key));

    /// <summary>The name of an account that is the caller's alone, with its task hubs and tables.</summary>
    public string NewAccount() => Fresh[Interlocked.Increment(ref _taken) - 1];

    /// <summary>The connection string of an account.</summary>
    public string ConnectionString(string account) =>
        $"AccountName={account};AccountKey={_key};BlobEndpoint={Endpoint("blob", account)};"
        + $"QueueEndpoint={Endpoint("queue", account)};TableEndpoint={Endpoint("table", account)}";

    /// <summary>Starts a server.</summary>
    /// <param name="module">The address of a script that is to be loaded before it, if any.</param>
    /// <exception cref="InvalidOperationException">Node.js or npm are missing, or it ended before it listened.</exception>
    public static async Task<AzuriteServer> StartAsync(string? module = null)
    {
        var server = new AzuriteServer();
        var script = await AzuriteInstallation.ScriptAsync();
        var folder = Directory.CreateTempSubdirectory("azurite-").FullName;
        var start = NodeTool.StartInfo("node",
        [
            "--import", EndWithStdin, .. module is null ? (string[])[] : ["--import", module], script,
            "--location", folder, "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            .. server._ports.SelectMany(static port => (string[])[$"--{port.Key}Host", $"{IPAddress.Loopback}", $"--{port.Key}Port", $"{port.Value}"]),
        ]);
        start.RedirectStandardInput = true;
        start.Environment[Folder] = folder;
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(
            ';', ((string[])[TableAccount, QueueAccount, FunctionsAccount, HubAccount, .. Fresh]).Select(account => $"{account}:{server._key}"));
        server._process = NodeTool.Start(start);
        await ListeningAsync(server._process.StandardOutput);
        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task ListeningAsync(StreamReader output)
    {
        var printed = new List<string>();
        while (await output.ReadLineAsync() is { } line)
        {
            printed.Add(line);
            if (printed.Count(static line => line.Contains("successfully", StringComparison.Ordinal)) == Services.Length)
            {
                return;
            }
        }

        throw new InvalidOperationException($"Azurite ended before it listened. It printed: {string.Join(Environment.NewLine, printed)}");
    }

    private string Endpoint(string service, string account) => $"http://{IPAddress.Loopback}:{_ports[service]}/{account}";
}
