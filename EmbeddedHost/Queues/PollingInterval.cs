using System.Security.Cryptography;
using EmbeddedHost.Hosting.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>
/// After how long a storage account is asked again that had no message or did not answer: as with the Functions host, it doubles from
/// a tenth of a second up to <c>maxPollingInterval</c>, give or take a fifth, so that several hosts do not ask at once.
/// </summary>
/// <param name="longest">The longest.</param>
internal sealed class PollingInterval(TimeSpan longest)
{
    private const int Percent = 100;
    private const int Spread = 20;

    private TimeSpan _next = QueueSettings.ShortestInterval;

    /// <summary>The next interval, longer than the one before.</summary>
    public TimeSpan Next()
    {
        if (_next >= longest)
        {
            return longest;
        }

        var interval = _next * RandomNumberGenerator.GetInt32(Percent - Spread, Percent + Spread + 1) / Percent;
        _next *= 2;
        return interval;
    }

    /// <summary>There was a message: begins anew.</summary>
    public void Reset() => _next = QueueSettings.ShortestInterval;
}
