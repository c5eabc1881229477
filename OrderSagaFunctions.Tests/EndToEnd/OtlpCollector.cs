using System.Net;
using System.Text;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>An OTLP endpoint that keeps what it is sent.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly StringBuilder _received = new();
    private readonly SemaphoreSlim _arrived = new(initialCount: 0);
    private readonly Task _collecting;

    public OtlpCollector()
    {
        Address = StartOnAFreePort();
        _collecting = CollectAsync();
    }

    /// <summary>Where to send to.</summary>
    public string Address { get; }

    /// <summary>Waits until a text has come.</summary>
    public async Task UntilReceivedAsync(string text)
    {
        while (!Received().Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(60)), $"Expected '{text}' to be sent, found: {Received()}");
        }
    }

    /// <summary>Ends the collecting, and returns all that came, read as text.</summary>
    public async Task<string> StopAsync()
    {
        _listener.Stop();
        await _collecting;
        return Received();
    }

    public async ValueTask DisposeAsync()
    {
        _ = await StopAsync();
        _listener.Close();
        _arrived.Dispose();
    }

    private string Received()
    {
        lock (_received)
        {
            return _received.ToString();
        }
    }

    private string StartOnAFreePort()
    {
        for (var port = 20_000 + (Environment.ProcessId % 10_000); ; port++)
        {
            var address = $"http://localhost:{port}/";
            try
            {
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(address);
                _listener.Start();
                return address;
            }
            catch (HttpListenerException)
            {
                // Taken.
            }
        }
    }

    private async Task CollectAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var body = new StreamReader(call.Request.InputStream, Encoding.UTF8);
                var text = await body.ReadToEndAsync();
                lock (_received)
                {
                    _ = _received.Append(call.Request.Url!.AbsolutePath).Append(text);
                }

                call.Response.Close();
                _ = _arrived.Release();
            }
        }
        catch (Exception) when (!_listener.IsListening)
        {
            // Stopped, while it waited or before it asked for the next.
        }
    }
}
