namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which attempt of the host's own retries an invocation is.</summary>
public abstract class RetryContext
{
    /// <summary>Retries so far; 0 on the first attempt.</summary>
    public abstract int RetryCount { get; }

    /// <summary>The most retries there can be.</summary>
    public abstract int MaxRetryCount { get; }
}
