using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OrderSagaFunctions.Tests.EndToEnd.Engines;

/// <summary>A connection to a server that can be cut: a port that leads to the server's.</summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = [];
    private readonly int _target;
    private volatile bool _isCut;

    /// <param name="target">The server's port.</param>
    public Wire(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port that leads to the server.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Resets what is open, and from now on each connection as it is made: the port itself stays taken.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _open.Keys)
        {
            Reset(connection);
        }
    }

    /// <summary>Lets through what comes from now on.</summary>
    public void Mend() => _isCut = false;

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private static void Reset(TcpClient connection)
    {
        try
        {
            connection.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // It has ended meanwhile.
        }

        connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        _ = _open.TryAdd(client, true);
        try
        {
            if (!_isCut)
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                var (there, here) = (server.GetStream(), client.GetStream());
                _ = await Task.WhenAny(here.CopyToAsync(there), there.CopyToAsync(here));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // Cut, or closed by either end.
        }

        _ = _open.TryRemove(client, out _);
        Reset(client);
    }
}
