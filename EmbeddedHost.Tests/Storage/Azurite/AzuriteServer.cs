using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>Azurite's table service, in memory, in a process of its own on a free port.</summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    private const string Account = "contract";

    // The pipe closes with this process, however it ends: nothing is left running.
    private const string EndWithStdin = "data:text/javascript,process.stdin.resume().on('end',()=>process.exit())";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(64);
    private Process? _process;

    /// <summary>A client of the account that it serves.</summary>
    public TableServiceClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var script = await AzuriteInstallation.TableServiceAsync();
        var port = FreePort();
        var start = NodeTool.StartInfo(
            "node", "--import", EndWithStdin, script, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            "--tableHost", $"{IPAddress.Loopback}", "--tablePort", $"{port}");
        start.RedirectStandardInput = true;
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Convert.ToBase64String(_key)}";
        _process = NodeTool.Start(start);
        await ListeningAsync(_process.StandardOutput);
        Client = new TableServiceClient(
            new Uri($"http://{IPAddress.Loopback}:{port}/{Account}"), new TableSharedKeyCredential(Account, Convert.ToBase64String(_key)));
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
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
            if (line.Contains("successfully", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"Azurite ended before it listened. It printed: {string.Join(Environment.NewLine, printed)}");
    }
}
