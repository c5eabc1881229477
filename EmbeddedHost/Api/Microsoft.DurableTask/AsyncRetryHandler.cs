namespace Microsoft.DurableTask;

/// <summary>Decides whether a failed call is tried again; may wait on durable timers first.</summary>
/// <param name="retryContext">What failed, how often, and for how long.</param>
/// <returns>True to try again.</returns>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
