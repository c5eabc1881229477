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
    public async Task SaveAsync(string name, TimerStatus status)
    {
        var work = new SaveWork(name, status);
        if (!database.Committer.Submit(work))
        {
            await work.Done;
        }

        if (work.Error is not null)
        {
            throw work.Error;
        }
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private sealed class SaveWork(string name, TimerStatus status) : CommitWork
    {
        private readonly TaskCompletionSource _done = new();

        public Task Done => _done.Task;

        public override void Write(SqliteSession session) =>
            session.Prepare("INSERT OR REPLACE INTO timers (name, last, next, updated) VALUES (?1, ?2, ?3, ?4)")
                .Bind(1, name).Bind(2, status.Last.UtcTicks).Bind(3, status.Next.UtcTicks).Bind(4, status.LastUpdated.UtcTicks).Execute();

        public override void Execute() => _done.SetResult();
    }
}
