using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EmbeddedHost.Tests.Hosting;

namespace EmbeddedHost.Tests.Http;

/// <summary>A connection on which a test sends what no client library would.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private StreamReader? _reader;

    /// <summary>Connects to a host.</summary>
    public static async Task<RawConnection> OpenAsync(RunningHost host)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync("127.0.0.1", host.Http.BaseAddress!.Port);
        connection._reader = new StreamReader(connection._client.GetStream(), Encoding.Latin1);
        return connection;
    }

    /// <summary>Sends the head of a request, and whatever of its body.</summary>
    public Task SendHeadAsync(string method, string path, string headers, string body = "") =>
        SendAsync($"{method} /{path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n{body}");

    /// <summary>Sends text as it is.</summary>
    public Task SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>Reads one answer.</summary>
    public async Task<RawAnswer> ReadAsync()
    {
        var status = await LineAsync();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = new char[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        _ = await _reader!.ReadBlockAsync(body);
        return new RawAnswer(int.Parse(status.Split(' ')[1], CultureInfo.InvariantCulture), headers, new string(body));
    }

    /// <summary>Whether the host has ended the connection, once it has said all: the web server resets one whose request never came whole.</summary>
    public async Task<bool> IsEndedAsync()
    {
        try
        {
            return await _reader!.ReadLineAsync() is null;
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return true;
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _client.Dispose();
    }

    private async Task<string> LineAsync() => await _reader!.ReadLineAsync() ?? throw new InvalidOperationException("The host has ended the connection.");
}

/// <summary>What came on a <see cref="RawConnection"/>.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);
