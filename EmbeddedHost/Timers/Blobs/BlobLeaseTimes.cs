namespace EmbeddedHost.Timers.Blobs;

/// <summary>
/// How long leases and what is done about them take. With <see cref="TimerLeases.AskAgainAfter"/>, another host has the functions of one
/// that was killed within a minute.
/// </summary>
internal sealed record BlobLeaseTimes
{
    /// <summary>How long the account keeps a lease that is not renewed: 15 to 60 seconds.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After how long without renewal this host takes its lease for lost: before the account gives it to another one, so that a run that
    /// is cut off has some time to end.
    /// </summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How often a lease is renewed.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How soon a renewal, or the save of a status, is tried again when it has failed.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a call to the account may take, the client's own retries included.</summary>
    public TimeSpan Call { get; init; } = TimeSpan.FromSeconds(5);
}
