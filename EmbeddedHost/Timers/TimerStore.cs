using EmbeddedHost.Storage;

namespace EmbeddedHost.Timers;

/// <summary>Keeps the status of timer functions in the task hub's file, which one host has at a time: it runs them all.</summary>
internal sealed class TimerStore(SqliteDatabase database) : ITimerStore
{
    /// <inheritdoc />
    public ValueTask<ITimerLease?> TryAcquireAsync(string function, bool isMonitored, CancellationToken stopping) =>
        new(new Lease(database.Committer, function, isMonitored ? Read(function) : null));

    /// <inheritdoc />
    public ValueTask<TimerStatus?> FindAsync(string function) => new(Read(function));

    private TimerStatus? Read(string name) => database.Read(name, static (session, name) =>
    {
        using var rows = session.Prepare("SELECT last, next, updated FROM timers WHERE name = ?1").Bind(1, name).Query();
        return rows.Read() ? new TimerStatus(Time(rows.GetInt64(0)), Time(rows.GetInt64(1)), Time(rows.GetInt64(2))) : null;
    });

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private sealed class Lease(GroupCommitter committer, string name, TimerStatus? status) : ITimerLease
    {
        public TimerStatus? Status => status;

        public CancellationToken Lost => CancellationToken.None;

        /// <summary>The task completes when the status is on disk.</summary>
        /// <exception cref="StorageException">It could not be kept.</exception>
        public async Task SaveAsync(TimerStatus status) => _ = await new SaveWork(committer, name, status).RunAtOnceAsync();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class SaveWork(GroupCommitter committer, string name, TimerStatus status) : AnsweredWork<bool>(committer)
    {
        public override void Write(SqliteSession session) =>
            session.Prepare("INSERT OR REPLACE INTO timers (name, last, next, updated) VALUES (?1, ?2, ?3, ?4)")
                .Bind(1, name).Bind(2, status.Last.UtcTicks).Bind(3, status.Next.UtcTicks).Bind(4, status.LastUpdated.UtcTicks).Execute();

        protected override bool Committed() => true;

        protected override Exception Failed(Exception error) => error;
    }
}
