using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>A way to a server on this machine that a test can cut and mend, and where it can hold an answer up.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly int _target;
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isCut;

    public CutProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>What the answers have that are held up; null: none is.</summary>
    public string? Holds { get; set; }

    /// <summary>Ends when an answer is held up.</summary>
    public Task Held => _held.Task;

    /// <summary>Lets go what is held up.</summary>
    public void LetGo() => _letGo.TrySetResult();

    /// <summary>Resets what is open, and from now on each connection as it is made: the port itself stays taken.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            _open.ForEach(Reset);
            _open.Clear();
        }
    }

    /// <summary>Lets through what comes from now on.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            _isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        LetGo();
        _listener.Dispose();
        await _accepting;
    }

    private static void Reset(TcpClient connection)
    {
        try
        {
            connection.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (SocketException)
        {
            // It has ended meanwhile, or is not connected yet.
        }

        connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        if (!TryOpen(client, server))
        {
            Reset(client);
            return;
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), AnswerAsync(server.GetStream(), client.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        finally
        {
            // What is disposed of cannot be reset any more.
            Forget(client, server);
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var bytes = new byte[64 * 1024];
        while (await server.ReadAsync(bytes) is > 0 and var length)
        {
            if (Holds is { } text && Encoding.UTF8.GetString(bytes, 0, length).Contains(text, StringComparison.Ordinal))
            {
                _ = _held.TrySetResult();
                await _letGo.Task;
            }

            await client.WriteAsync(bytes.AsMemory(0, length));
        }
    }

    private void Forget(params TcpClient[] clients)
    {
        lock (_gate)
        {
            _ = _open.RemoveAll(clients.Contains);
        }
    }

    private bool TryOpen(params TcpClient[] clients)
    {
        lock (_gate)
        {
            if (!_isCut)
            {
                _open.AddRange(clients);
            }

            return !_isCut;
        }
    }
}
