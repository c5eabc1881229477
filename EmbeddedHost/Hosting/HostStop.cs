using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting;

/// <summary>
/// A stop of the host, which ends within five seconds: who waits is answered at once, and what runs is given up before the end.
/// </summary>
internal sealed class HostStop : IDisposable
{
    /// <summary>How long calls and activities may take once a stop has begun. What is left of the five seconds is for commits, and to close the files.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.5);

    /// <summary>The same where other hosts share the hub: to hand over its parts takes the store some seconds.</summary>
    public static readonly TimeSpan SharedLimit = TimeSpan.FromSeconds(15);

    // Calls that are still open then are answered, and the answers need some time to get out.
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(1.5);

    private readonly CancellationTokenSource _overdue = new();
    private readonly CancellationTokenRegistration _registration;

    public HostStop(IHostApplicationLifetime lifetime)
    {
        Begun = lifetime.ApplicationStopping;
        Overdue = _overdue.Token;
        _registration = Begun.Register(() => _overdue.CancelAfter(CallLimit));
    }

    /// <summary>Cancelled when a stop begins: what only waits is to answer.</summary>
    public CancellationToken Begun { get; }

    /// <summary>Cancelled when calls that are still open are given up.</summary>
    public CancellationToken Overdue { get; }

    public void Dispose()
    {
        _registration.Dispose();
        _overdue.Dispose();
    }
}
