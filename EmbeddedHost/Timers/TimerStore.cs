using EmbeddedHost.Storage;

namespace EmbeddedHost.Timers;

/// <summary>Keeps the status of timer functions in the task hub's file.</summary>
internal sealed class TimerStore(SqliteDatabase database)
{
    /// <summary>The status of a function; null: there is none.</summary>
    public TimerStatus? Find(string name) => database.Read(name, static (session, name) =>
    {
        using var rows = session.Prepare("SELECT last, next, updated FROM timers WHERE name = ?1").Bind(1, name).Query();
        return rows.Read() ? new TimerStatus(Time(rows.GetInt64(0)), Time(rows.GetInt64(1)), Time(rows.GetInt64(2))) : null;
    });

    /// <summary>Keeps a status; the task completes when it is on disk.</summary>
    public async Task SaveAsync(string name, TimerStatus status) => _ = await new SaveWork(database.Committer, name, status).RunAtOnceAsync();

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private sealed class SaveWork(GroupCommitter committer, string name, TimerStatus status) : AnsweredWork<bool>(committer)
    {
        public override void Write(SqliteSession session) =>
            session.Prepare("INSERT OR REPLACE INTO timers (name, last, next, updated) VALUES (?1, ?2, ?3, ?4)")
                .Bind(1, name).Bind(2, status.Last.UtcTicks).Bind(3, status.Next.UtcTicks).Bind(4, status.LastUpdated.UtcTicks).Execute();

        protected override bool Committed() => true;

        protected override Exception Failed(Exception error) => error;
    }
}
