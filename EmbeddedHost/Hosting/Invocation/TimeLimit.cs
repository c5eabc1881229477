namespace EmbeddedHost.Hosting.Invocation;

/// <summary>
/// How long an invocation may take. Once the time is up, its token is signalled and the caller is told; what the
/// function does then is its own affair, and nobody's result any more.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _expired;
    private readonly CancellationTokenSource _linked;
    private Task _run = Task.CompletedTask;

    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _expired = new CancellationTokenSource(limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _expired.Token);
    }

    /// <summary>Signalled when the time is up, or the caller has gone.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Whether the time is up.</summary>
    public bool HasExpired => _expired.IsCancellationRequested;

    /// <summary>Waits for a function, but not longer than it may take.</summary>
    /// <exception cref="TimeoutException">The time is up.</exception>
    public async Task EnforceAsync(string function, Func<Task> invoke)
    {
        // On a thread of its own: a function that blocks its thread runs out of time too.
        _run = Task.Run(invoke);
        try
        {
            await _run.WaitAsync(_expired.Token);
        }
        catch when (HasExpired)
        {
            // However it ended, it ended too late.
        }

        if (HasExpired)
        {
            throw new TimeoutException(
                $"Function '{function}' took longer than host.json allows (functionTimeout {_limit:c}) and was cancelled.");
        }
    }

    /// <summary>Waits for the function itself to end, in whatever way.</summary>
    public async Task WaitForEndAsync() => await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose()
    {
        _linked.Dispose();
        _expired.Dispose();
    }
}
