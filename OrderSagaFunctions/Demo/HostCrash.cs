using System.Diagnostics;

namespace OrderSagaFunctions.Demo;

/// <summary>
/// Kills this process, as <c>kill -9</c> does, when the call that asked for it is over. A service of the call: it is disposed of
/// when the web server has the answer.
/// </summary>
public sealed class HostCrash(TimeProvider time) : IDisposable
{
    // The web server writes the answer to the socket a moment later, and does not say when.
    private static readonly TimeSpan Sending = TimeSpan.FromMilliseconds(200);

    private bool _isWanted;

    /// <summary>Asks for it.</summary>
    public void AtTheEndOfTheCall() => _isWanted = true;

    /// <summary>The end of the call.</summary>
    public void Dispose()
    {
        if (_isWanted)
        {
            _ = KillAsync();
        }
    }

    private async Task KillAsync()
    {
        await Task.Delay(Sending, time);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
