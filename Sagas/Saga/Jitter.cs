namespace Sagas;

/// <summary>
/// Full jitter (a random wait between nothing and the backoff's bound) that replays the same: the randomness is a hash of
/// what is being tried. See "Exponential Backoff And Jitter" on the AWS Architecture Blog for why the whole range is used.
/// </summary>
public static class Jitter
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>The wait after a failed attempt.</summary>
    /// <param name="instanceId">The saga.</param>
    /// <param name="step">The activity that failed.</param>
    /// <param name="attempt">The attempt that failed, counted from 1.</param>
    /// <param name="retry">The bounds.</param>
    public static TimeSpan Delay(string instanceId, string step, int attempt, RetrySettings retry)
    {
        var bound = Math.Min(retry.MaxInterval.Ticks, retry.FirstInterval.Ticks * Math.Pow(2, attempt - 1));
        return TimeSpan.FromTicks((long)(bound * Fraction(instanceId, step, attempt)));
    }

    // FNV-1a over the text and a final mix: string.GetHashCode differs from process to process.
    private static double Fraction(string instanceId, string step, int attempt)
    {
        var hash = Add(Add(FnvOffset, instanceId) * FnvPrime, step);
        hash = (hash ^ (ulong)attempt) * FnvPrime;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ c) * FnvPrime;
        }

        return hash;
    }
}
