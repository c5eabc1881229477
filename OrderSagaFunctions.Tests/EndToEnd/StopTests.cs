using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>A stop of the process, with a call open in each of the ways in which one can be.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Stop_WithEveryKindOfCallOpen_AnswersEachAndEndsInTime()
    {
        using var provider = new TcpListener(IPAddress.Loopback, 0);
        provider.Start();
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Payments__Gateway"] = "Http",
            ["Payments__BaseUrl"] = AddressOf(provider),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = AddressOf(collector),
        });
        _ = await app.Orders.SubmitAsync(Orders.Plain("held"));
        // An activity runs: the provider takes its call, and never answers. Nor does the collector of traces.
        using var call = await provider.AcceptTcpClientAsync();
        using var waiter = await SendAsync(app, "GET /api/orders/held HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=30\r\n\r\n");
        using var unfinished = await SendAsync(app, "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n{");
        using var idle = await SendAsync(app, "GET /api/inventory HTTP/1.1\r\nHost: localhost\r\n\r\n");
        using var silent = await SendAsync(app, "");
        _ = await app.Orders.ReadAsync("/api/orders/held");

        var clock = Stopwatch.StartNew();
        var exitCode = await app.StopAsync();
        var took = clock.Elapsed;

        Assert.Equal(0, exitCode);
        Assert.True(took < Longest, $"the stop took {took}");
        var told = await ReadToEndAsync(waiter);
        Assert.StartsWith("HTTP/1.1 200", told, StringComparison.Ordinal);
        Assert.Contains("Preference-Applied: wait=30", told, StringComparison.Ordinal);
        Assert.Equal("Running", BodyOf(told).GetProperty("saga").GetProperty("runtimeStatus").GetString());
        var refused = await ReadToEndAsync(unfinished);
        Assert.StartsWith("HTTP/1.1 503", refused, StringComparison.Ordinal);
        Assert.Contains("Connection: close", refused, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1", refused, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await ReadToEndAsync(idle), StringComparison.Ordinal);
        Assert.Equal("", await ReadToEndAsync(silent));
    }

    private static string AddressOf(TcpListener listener) => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    private static async Task<TcpClient> SendAsync(AppProcess app, string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, app.Address.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
        return client;
    }

    // All that the host said on a connection, which ends with it. The web server resets one whose request never came whole.
    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        var said = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(said);
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
        }

        return Encoding.UTF8.GetString(said.ToArray());
    }

    private static JsonElement BodyOf(string answer) => JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
}
