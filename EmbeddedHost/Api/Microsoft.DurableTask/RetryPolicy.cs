namespace Microsoft.DurableTask;

/// <summary>A retry rule by figures: how often, after what delays, for how long, and for which failures.</summary>
public class RetryPolicy
{
    /// <summary>A policy. Each delay is the one before times the coefficient, up to the longest.</summary>
    /// <param name="maxNumberOfAttempts">Attempts in all, the first included; at least 1.</param>
    /// <param name="firstRetryInterval">The delay before the second attempt; more than zero.</param>
    /// <param name="backoffCoefficient">What each delay is multiplied by for the next; at least 1.</param>
    /// <param name="maxRetryInterval">The longest delay, one hour if null; infinite, or at least the first delay.</param>
    /// <param name="retryTimeout">How long to go on trying, for ever if null; infinite, or at least the first delay.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its bounds.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        // Comparisons with NaN are false, so the bound is stated as what must hold.
        if (!(backoffCoefficient >= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(backoffCoefficient), backoffCoefficient, "Delays may not shrink: give 1 or more.");
        }

        ThrowIfShorter(maxRetryInterval, firstRetryInterval, nameof(maxRetryInterval));
        ThrowIfShorter(retryTimeout, firstRetryInterval, nameof(retryTimeout));

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
        Handle = static _ => true;
        HandleAsync = exception => Task.FromResult(Handle(exception));
    }

    /// <summary>Attempts in all, the first included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The delay before the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What each delay is multiplied by for the next.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest delay; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>How long to go on trying; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Which failures are tried again, by their details; all of them unless set.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            Handle = exception => value(
                exception is TaskFailedException failed ? failed.FailureDetails : TaskFailureDetails.FromException(exception));
        }
    }

    /// <summary>Which failures are tried again, by exception: what <see cref="HandleFailure"/> was set to.</summary>
    public Func<Exception, bool> Handle { get; private init; }

    /// <summary>What the host asks before each retry; answers with <see cref="Handle"/> unless set.</summary>
    public Func<Exception, Task<bool>> HandleAsync { get; set; }

    private static void ThrowIfShorter(TimeSpan? value, TimeSpan first, string name)
    {
        if (value < first && value != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"Expected an infinite time span, or at least the first retry interval ({first}).");
        }
    }
}
