namespace EmbeddedHost.Timers;

/// <summary>
/// Sees to it that this host has the lease of each timer function that no other host has. One that it loses it asks for at once, one
/// that another host has at an interval; the embedded store gives all leases at once, and nothing is asked again.
/// </summary>
/// <param name="functions">The timer functions.</param>
/// <param name="store">Gives the leases.</param>
/// <param name="clock">Measures the interval.</param>
/// <param name="onOpened">Called when a function runs by its schedule from now on.</param>
/// <param name="onFault">Called with a failure that nothing accounts for.</param>
/// <param name="stopping">Cancelled when the host's stop begins.</param>
internal sealed class TimerLeases(
    IReadOnlyList<TimerFunction> functions,
    ITimerStore store,
    TimeProvider clock,
    Action onOpened,
    Action<Exception> onFault,
    CancellationToken stopping) : IDisposable
{
    /// <summary>How long a host waits before it asks again for the leases that it does not have.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    // Of real time. A lease that is not back by then ends by itself.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private Task _asking = Task.CompletedTask;
    private bool _isAsking;
    private bool _isToAsk;

    /// <summary>Asks for all leases once, and again later for those that were not to be had.</summary>
    public Task StartAsync()
    {
        _timer = clock.CreateTimer(static self => ((TimerLeases)self!).AskAgain(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return AskAsync();
    }

    /// <summary>Gives back what no run needs any more. What one needs goes back after it.</summary>
    public async Task StopAsync() =>
        await GiveBackAsync().WaitAsync(StopLimit, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Does what had to wait for a run's end: gives the lease back in a stop, or asks for it where it was lost meanwhile.</summary>
    public ValueTask AfterRunAsync(TimerFunction function)
    {
        if (stopping.IsCancellationRequested)
        {
            return GiveBackAsync(function);
        }

        if (function.IsWithoutLease)
        {
            AskAgain();
        }

        return default;
    }

    public void Dispose() => _timer?.Dispose();

    private static async ValueTask GiveBackAsync(TimerFunction function)
    {
        if (function.Close() is { } lease)
        {
            await lease.DisposeAsync();
        }
    }

    private async Task GiveBackAsync()
    {
        Task asking;
        lock (_gate)
        {
            asking = _asking;
        }

        await Task.WhenAll([asking, .. functions.Select(static function => GiveBackAsync(function).AsTask())]);
    }

    private void AskAgain()
    {
        lock (_gate)
        {
            _isToAsk = true;
            if (!_isAsking && !stopping.IsCancellationRequested)
            {
                _isAsking = true;
                _asking = Task.Run(TryAskAsync, CancellationToken.None);
            }
        }
    }

    private async Task TryAskAsync()
    {
        try
        {
            while (TakeAsking())
            {
                await AskAsync();
            }
        }
        catch (Exception e)
        {
            onFault(e);
        }
    }

    private bool TakeAsking()
    {
        lock (_gate)
        {
            _isAsking = _isToAsk && !stopping.IsCancellationRequested;
            _isToAsk = false;
            return _isAsking;
        }
    }

    private async Task AskAsync()
    {
        // One that still runs, from when the host had its lease, keeps its status then: it is not read before.
        await Task.WhenAll(functions.Where(static function => function.IsWithoutLease && !function.IsRunning).Select(AskAsync));
        if (functions.Any(static function => function.IsWithoutLease))
        {
            Arm();
        }
    }

    private async Task AskAsync(TimerFunction function)
    {
        if (await store.TryAcquireAsync(function.Name, function.IsMonitored, stopping) is not { } lease)
        {
            return;
        }

        await function.OpenAsync(lease);
        _ = lease.Lost.UnsafeRegister(_ => _ = LoseAsync(function, lease), state: null);
        if (stopping.IsCancellationRequested)
        {
            await GiveBackAsync(function);
        }

        onOpened();
    }

    private async Task LoseAsync(TimerFunction function, ITimerLease lease)
    {
        if (function.Lose(lease))
        {
            await lease.DisposeAsync();
            AskAgain();
        }
    }

    private void Arm() => _ = _timer?.Change(AskAgainAfter, Timeout.InfiniteTimeSpan);
}
