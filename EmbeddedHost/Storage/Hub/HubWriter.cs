using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Storage.Hub;

/// <summary>The statements that change the task hub. They run inside a commit, on the writing session.</summary>
internal static class HubWriter
{
    /// <summary>Adds an instance, in the place of one that has ended.</summary>
    /// <param name="session">The writing session.</param>
    /// <param name="row">The instance.</param>
    /// <param name="openTasks">Activities and sub-orchestrations under way.</param>
    /// <param name="dedupe">States of an ended instance that refuse the new one; null is none.</param>
    /// <returns>The state of the instance that has the id and refuses the new one; null: it was added.</returns>
    public static OrchestrationRuntimeStatus? Insert(
        SqliteSession session, InstanceRow row, int openTasks, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe = null)
    {
        if (FindKey(session, row.Id) is { } existing)
        {
            if (!InstanceRow.IsTerminalState(existing.State) || dedupe?.Contains(existing.State) == true)
            {
                return existing.State;
            }

            Delete(session, existing.Key);
        }

        _ = session.Prepare(
                "INSERT INTO instances (key, id, name, created, parent, parent_id, parent_name, parent_task, version, tags, trace, input) "
                + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")
            .Bind(1, row.Key).Bind(2, row.Id).Bind(3, row.Name).Bind(4, row.Created.Ticks)
            .Bind(5, row.ParentKey).Bind(6, row.ParentId).Bind(7, row.ParentName).Bind(8, row.ParentTaskId)
            .Bind(9, row.Version).Bind(10, TagText.Write(row.Tags)).Bind(11, row.Trace).Bind(12, row.Input).Execute();
        _ = session.Prepare("INSERT INTO status (key, state, updated, wake_at, open_tasks) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Bind(1, row.Key).Bind(2, (int)row.State).Bind(3, row.Updated.Ticks).Bind(4, row.WakeAt?.Ticks)
            .Bind(5, openTasks).Execute();
        return null;
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
    public static void StartOver(SqliteSession session, long key, byte[]? input, string? version)
    {
        _ = session.Prepare("DELETE FROM history WHERE instance = ?1").Bind(1, key).Execute();
        _ = session.Prepare("UPDATE instances SET input = ?2, version = ?3 WHERE key = ?1")
            .Bind(1, key).Bind(2, input).Bind(3, version).Execute();
    }

    /// <summary>Lets an instance that failed at <paramref name="failed"/> go on from <paramref name="turns"/>.</summary>
    /// <returns>False where it is not there, has not failed any more, or has failed anew since.</returns>
    public static bool TryReopen(SqliteSession session, long key, DateTime failed, DateTime at, DateTime wakeAt, byte[] turns)
    {
        // With a time to wake at it is found after a crash that comes before its next turn.
        if (session.Prepare("UPDATE status SET state = 0, updated = ?3, wake_at = ?4 WHERE key = ?1 AND state = 3 AND updated = ?2")
            .Bind(1, key).Bind(2, failed.Ticks).Bind(3, at.Ticks).Bind(4, wakeAt.Ticks).Execute() == 0)
        {
            return false;
        }

        _ = session.Prepare("DELETE FROM outcomes WHERE key = ?1").Bind(1, key).Execute();
        _ = session.Prepare("DELETE FROM history WHERE instance = ?1").Bind(1, key).Execute();
        AppendHistory(session, key, turns);
        return true;
    }

    /// <summary>Puts an event on its way to an instance; <paramref name="key"/> 0 is whichever run has the id.</summary>
    public static void InsertMail(SqliteSession session, long sequence, string target, long key, HistoryEvent e) =>
        session.Prepare("INSERT INTO mail (seq, target, instance, event) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, sequence).Bind(2, target).Bind(3, key).Bind(4, HistoryCodec.EncodeEvent(e)).Execute();

    public static void DeleteMail(SqliteSession session, long sequence) =>
        session.Prepare("DELETE FROM mail WHERE seq = ?1").Bind(1, sequence).Execute();

    /// <summary>Removes an instance and all it left, if it has ended.</summary>
    /// <returns>True where it was there and had ended.</returns>
    public static bool Purge(SqliteSession session, string id)
    {
        if (FindKey(session, id) is not { } found || !InstanceRow.IsTerminalState(found.State))
        {
            return false;
        }

        Delete(session, found.Key);
        return true;
    }

    private static (long Key, OrchestrationRuntimeStatus State)? FindKey(SqliteSession session, string id)
    {
        using var reader = session.Prepare("SELECT i.key, s.state FROM instances i JOIN status s ON s.key = i.key WHERE i.id = ?1")
            .Bind(1, id).Query();
        return reader.Read()
            ? (reader.GetInt64(0), (OrchestrationRuntimeStatus)reader.GetInt32(1))
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
