namespace EmbeddedHost.Timers;

/// <summary>Why a timer function runs.</summary>
internal enum TimerReason
{
    /// <summary>Its time has come.</summary>
    Schedule,

    /// <summary>Its time came while no host ran.</summary>
    PastDue,

    /// <summary>The host has started.</summary>
    Startup,

    /// <summary>Somebody has asked for it.</summary>
    Request,
}

/// <summary>A run of a timer function.</summary>
/// <param name="Reason">Why it runs.</param>
/// <param name="Began">When that was decided.</param>
/// <param name="Lease">The lease that the host had then; null: it had none, and somebody has asked for the run.</param>
internal sealed record TimerRun(TimerReason Reason, DateTimeOffset Began, ITimerLease? Lease)
{
    /// <summary>Cancelled when another host may run the function; who asks for a run gets it whichever host that is.</summary>
    public CancellationToken Lost => Reason == TimerReason.Request ? CancellationToken.None : Lease!.Lost;
}
