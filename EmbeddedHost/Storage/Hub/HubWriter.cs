using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Storage.Hub;

/// <summary>The statements that change the task hub. They run inside a commit, on the writing session.</summary>
internal static class HubWriter
{
    /// <summary>Adds an instance. False: the id is taken by one that has not ended; one that has is replaced.</summary>
    public static bool TryInsert(SqliteSession session, InstanceRow row, int openTasks)
    {
        if (FindKey(session, row.Id) is { } existing)
        {
            if (!existing.Ended)
            {
                return false;
            }

            Delete(session, existing.Key);
        }

        _ = session.Prepare(
                "INSERT INTO instances (key, id, name, created, parent, parent_task, trace, input) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
            .Bind(1, row.Key).Bind(2, row.Id).Bind(3, row.Name).Bind(4, row.Created.Ticks)
            .Bind(5, row.ParentKey).Bind(6, row.ParentTaskId).Bind(7, row.Trace).Bind(8, row.Input).Execute();
        _ = session.Prepare("INSERT INTO status (key, state, updated, wake_at, open_tasks) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(1, row.Key).Bind(2, (int)row.State).Bind(3, row.Updated.Ticks).Bind(4, row.WakeAt?.Ticks)
            .Bind(5, openTasks).Execute();
        return true;
    }

    public static void UpdateStatus(
        SqliteSession session, long key, OrchestrationRuntimeStatus state, DateTime updated, DateTime? wakeAt, int openTasks) =>
        session.Prepare("UPDATE status SET state = ?2, updated = ?3, wake_at = ?4, open_tasks = ?5 WHERE key = ?1")
            .Bind(1, key).Bind(2, (int)state).Bind(3, updated.Ticks).Bind(4, wakeAt?.Ticks).Bind(5, openTasks).Execute();

    public static void AppendHistory(SqliteSession session, long key, byte[] turns) =>
        session.Prepare("INSERT INTO history (instance, turns) VALUES (?1, ?2)").Bind(1, key).Bind(2, turns).Execute();

    public static void SetCustomStatus(SqliteSession session, long key, byte[]? value)
    {
        if (value is null)
        {
            _ = session.Prepare("DELETE FROM custom_status WHERE key = ?1").Bind(1, key).Execute();
            return;
        }

        _ = session.Prepare("INSERT OR REPLACE INTO custom_status (key, value) VALUES (?1, ?2)").Bind(1, key).Bind(2, value).Execute();
    }

    public static void InsertOutcome(SqliteSession session, long key, byte[]? output, byte[]? failure) =>
        session.Prepare("INSERT INTO outcomes (key, output, failure) VALUES (?1, ?2, ?3)")
            .Bind(1, key).Bind(2, output).Bind(3, failure).Execute();

    /// <summary>Starts the next execution of an eternal orchestration: its own history, a new input.</summary>
    public static void StartOver(SqliteSession session, long key, byte[]? input)
    {
        _ = session.Prepare("DELETE FROM history WHERE instance = ?1").Bind(1, key).Execute();
        _ = session.Prepare("UPDATE instances SET input = ?2 WHERE key = ?1").Bind(1, key).Bind(2, input).Execute();
    }

    public static void InsertMail(SqliteSession session, long sequence, string target, HistoryEvent e) =>
        session.Prepare("INSERT INTO mail (seq, target, event) VALUES (?1, ?2, ?3)")
            .Bind(1, sequence).Bind(2, target).Bind(3, HistoryCodec.EncodeEvent(e)).Execute();

    public static void DeleteMail(SqliteSession session, long sequence) =>
        session.Prepare("DELETE FROM mail WHERE seq = ?1").Bind(1, sequence).Execute();

    /// <summary>Removes an instance and all it left, if it has ended.</summary>
    /// <returns>True where it was there and had ended.</returns>
    public static bool Purge(SqliteSession session, string id)
    {
        if (FindKey(session, id) is not { Ended: true } found)
        {
            return false;
        }

        Delete(session, found.Key);
        return true;
    }

    private static (long Key, bool Ended)? FindKey(SqliteSession session, string id)
    {
        using var reader = session.Prepare("SELECT i.key, s.state FROM instances i JOIN status s ON s.key = i.key WHERE i.id = ?1")
            .Bind(1, id).Query();
        return reader.Read()
            ? (reader.GetInt64(0), InstanceRow.IsTerminalState((OrchestrationRuntimeStatus)reader.GetInt32(1)))
            : null;
    }

    private static void Delete(SqliteSession session, long key)
    {
        _ = session.Prepare("DELETE FROM instances WHERE key = ?1").Bind(1, key).Execute();
        _ = session.Prepare("DELETE FROM status WHERE key = ?1").Bind(1, key).Execute();
        _ = session.Prepare("DELETE FROM custom_status WHERE key = ?1").Bind(1, key).Execute();
        _ = session.Prepare("DELETE FROM outcomes WHERE key = ?1").Bind(1, key).Execute();
        _ = session.Prepare("DELETE FROM history WHERE instance = ?1").Bind(1, key).Execute();
    }
}
