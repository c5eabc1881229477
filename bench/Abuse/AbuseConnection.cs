using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench.Abuse;

/// <summary>A connection of an abuser: what is sent, as it is, and the status that comes back.</summary>
internal sealed class AbuseConnection : IDisposable
{
    // "HTTP/1.1 " and the status.
    private const int StatusAt = 9;
    private const int StatusLength = 3;

    private readonly Socket _socket;
    private readonly CancellationToken _end;

    private AbuseConnection(Socket socket, CancellationToken end)
    {
        _socket = socket;
        _end = end;
        Answer = ReadAsync();
    }

    /// <summary>The status of the first answer, or how the connection ended without one.</summary>
    public Task<string> Answer { get; }

    public static async Task<AbuseConnection> OpenAsync(Uri host, CancellationToken end)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, host.Port, end);
            return new AbuseConnection(socket, end);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes.AsMemory(sent), _end);
        }
    }

    /// <summary>Says that nothing more comes, and goes on listening.</summary>
    public void CloseSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadAsync()
    {
        var status = new byte[StatusAt + StatusLength];
        try
        {
            for (var read = 0; read < status.Length;)
            {
                var more = await _socket.ReceiveAsync(status.AsMemory(read), _end);
                if (more == 0)
                {
                    return "closed";
                }

                read += more;
            }

            return Encoding.Latin1.GetString(status, StatusAt, StatusLength);
        }
        catch (SocketException)
        {
            return "reset";
        }
        catch (OperationCanceledException)
        {
            return "open at the end";
        }
    }
}
