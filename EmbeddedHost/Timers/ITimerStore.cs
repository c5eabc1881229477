namespace EmbeddedHost.Timers;

/// <summary>
/// Keeps the status of timer functions, and says which host runs them by their schedules: whichever has the function's lease.
/// </summary>
internal interface ITimerStore
{
    /// <summary>Takes a function's lease and reads its status.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="isMonitored">Whether its status is kept.</param>
    /// <param name="stopping">Cancelled when the host's stop begins: the lease is then not held on to for long.</param>
    /// <returns>Null: another host has the lease, or the store cannot be reached. It is to be asked for again.</returns>
    ValueTask<ITimerLease?> TryAcquireAsync(string function, bool isMonitored, CancellationToken stopping);

    /// <summary>The status of a function; null: there is none, or it cannot be read now.</summary>
    ValueTask<TimerStatus?> FindAsync(string function);
}

/// <summary>The right to run a timer function by its schedule. To dispose of it gives it back, so that another host can have it at once.</summary>
internal interface ITimerLease : IAsyncDisposable
{
    /// <summary>The function's status when the lease was taken; null: there was none, or none is kept.</summary>
    TimerStatus? Status { get; }

    /// <summary>Cancelled when another host may have the lease.</summary>
    CancellationToken Lost { get; }

    /// <summary>Keeps the function's status; the task completes when it is kept, or cannot be and the log says so.</summary>
    Task SaveAsync(TimerStatus status);
}
