using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Tests.Storage;
using EmbeddedHost.Tests.Storage.Azurite;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>What <c>npm start</c> says before it starts Core Tools, where something that they need is missing.</summary>
public sealed class NpmStartTests : IDisposable
{
    private const string Emulator = """{"Values":{"AzureWebJobsStorage":"UseDevelopmentStorage=true"}}""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_NoSettings_NamesTheFileAndItsSample() =>
        Assert.Contains("There is no OrderSagaFunctions/local.settings.json", await RefusalAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task Start_NoCoreTools_SaysHowToInstallThem()
    {
        Write(Emulator);

        Assert.Contains("'func'", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EmulatorDoesNotAnswer_SaysHowToStartIt()
    {
        Write(Emulator);
        InstallFunc();
        // Bound, so that nobody else gets the port, and not listening.
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)silent.LocalEndPoint!).Port;

        var refusal = await RefusalAsync(port);

        Assert.Contains($"127.0.0.1:{port}", refusal, StringComparison.Ordinal);
        Assert.Contains("npm run azurite", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EmulatorAnswers_GoesOn()
    {
        Write(Emulator);
        InstallFunc();
        using var emulator = new TcpListener(IPAddress.Loopback, 0);
        emulator.Start();

        Assert.Equal((0, ""), await RunAsync(((IPEndPoint)emulator.LocalEndpoint).Port));
    }

    [Fact]
    public async Task Start_StorageIsNotTheEmulators_AsksForNone()
    {
        Write("""{"Values":{"AzureWebJobsStorage__accountName":"orders"}}""");
        InstallFunc();

        Assert.Equal((0, ""), await RunAsync(port: 1));
    }

    private async Task<string> RefusalAsync(int port = 1)
    {
        var (exitCode, output) = await RunAsync(port);
        Assert.Equal(1, exitCode);
        return output;
    }

    private async Task<(int ExitCode, string Output)> RunAsync(int port)
    {
        var node = NodeTool.StartInfo("node", Repository.Path("build/prestart.mjs"), port.ToString(CultureInfo.InvariantCulture));
        node.WorkingDirectory = _folder.Path;
        node.RedirectStandardError = true;
        node.Environment.Remove("AzureWebJobsStorage");
        // Core Tools of the machine's own are not to be found.
        node.Environment["PATH"] = _folder.Path;
        using var process = NodeTool.Start(node);
        var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private void Write(string settings)
    {
        var app = Directory.CreateDirectory(_folder.File("OrderSagaFunctions")).FullName;
        File.WriteAllText(Path.Combine(app, "local.settings.json"), settings);
    }

    private void InstallFunc()
    {
        var func = _folder.File("func");
        File.WriteAllText(func, "#!/bin/sh\nexit 0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(func, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
