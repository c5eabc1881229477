using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Ctrl-C in a terminal, which reaches every process in it.</summary>
public sealed class InterruptTests
{
    [Fact]
    public async Task Interrupt_OfTheEmbeddedHost_EndsIt()
    {
        await using var app = await AppProcess.StartAsync();

        app.Interrupt();

        Assert.Equal(0, await app.EndOfProcessAsync());
    }

    [Fact]
    public async Task Interrupt_OfAWorker_IsLeftToItsHost()
    {
        const int Sigquit = 3;
        const int EndedBySigquit = 128 + Sigquit;
        using var storage = new TcpListener(IPAddress.Loopback, port: 0);
        storage.Start();
        using var worker = Process.Start(new ProcessStartInfo("dotnet", [AppStart.Program])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment =
            {
                // A Functions host tells its worker where it is.
                ["Functions__Worker__HostEndpoint"] = "http://127.0.0.1:1",
                ["AzureWebJobsStorage"] =
                    $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:{((IPEndPoint)storage.LocalEndpoint).Port}/a",
            },
        })!;
        try
        {
            // The worker asks for its tables once it listens to signals; it gets no answer.
            using var asked = await storage.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(60));

            _ = AppProcess.Signal(worker.Id, AppProcess.Sigint);
            _ = AppProcess.Signal(worker.Id, Sigquit);

            // Whoever takes the first for its end takes the second for that too, and ends in order.
            await worker.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(EndedBySigquit, worker.ExitCode);
        }
        finally
        {
            if (!worker.HasExited)
            {
                worker.Kill();
            }
        }
    }
}
