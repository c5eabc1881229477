using System.Net;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;

/// <summary>When an orchestrator's HTTP request is sent again.</summary>
public class HttpRetryOptions(IList<HttpStatusCode>? statusCodesToRetry = null)
{
    // What a durable timer can wait in one go on every storage of the real host.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(6);

    /// <summary>The answers after which it is; without any, every answer from 400 on.</summary>
    public IList<HttpStatusCode> StatusCodesToRetry { get; } = statusCodesToRetry ?? [];

    /// <summary>How often it is sent at most.</summary>
    public int MaxNumberOfAttempts { get; set; } = 1;

    /// <summary>How long to wait before it is sent for the second time.</summary>
    public TimeSpan FirstRetryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What each further wait is multiplied by.</summary>
    public double BackoffCoefficient { get; set; } = 1;

    /// <summary>The longest wait.</summary>
    public TimeSpan MaxRetryInterval { get; set; } = LongestInterval;

    /// <summary>How long, from the first time on, it is sent again.</summary>
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.MaxValue;
}
