using EmbeddedHost.Engine.History;

namespace EmbeddedHost.Storage.Hub;

/// <summary>Reads and writes the hub's entities.</summary>
internal static class EntityStore
{
    private const string Columns = "SELECT id, updated, locked_by, state IS NOT NULL, ";

    /// <summary>The entity of an id; null where it has neither state nor lock.</summary>
    public static EntityRow? FindEntity(this SqliteDatabase database, string id, bool includesState) =>
        database.Read((id, includesState), static (session, arg) =>
        {
            using var reader = session.Prepare(Select(arg.includesState) + " WHERE id = ?1").Bind(1, arg.id).Query();
            return reader.Read() ? Row(reader) : null;
        });

    /// <summary>A page of entities in the order of their ids, after the id <paramref name="after"/>.</summary>
    public static List<EntityRow> ListEntities(this SqliteDatabase database, EntityFilter filter, string after, int top, bool includesState) =>
        database.Read((filter, after, top, includesState), static (session, arg) =>
        {
            var sql = Select(arg.includesState) + " WHERE id > ?1 AND id >= ?2 AND id < ?6"
                + " AND (?3 IS NULL OR updated >= ?3) AND (?4 IS NULL OR updated <= ?4)"
                + (arg.filter.IncludesStateless ? "" : " AND state IS NOT NULL")
                + (arg.filter.OnlyLocked ? " AND locked_by IS NOT NULL" : "")
                + " ORDER BY id LIMIT ?5";
            using var reader = session.Prepare(sql)
                .Bind(1, arg.after).Bind(2, arg.filter.IdPrefix)
                .Bind(3, arg.filter.UpdatedFrom?.Ticks).Bind(4, arg.filter.UpdatedTo?.Ticks)
                .Bind(5, arg.top)
                // Above every id with the prefix.
                .Bind(6, arg.filter.IdPrefix + "\U0010FFFF").Query();
            var rows = new List<EntityRow>();
            while (reader.Read())
            {
                rows.Add(Row(reader));
            }

            return rows;
        });

    /// <summary>The event of a letter that is on its way; null where it was taken.</summary>
    public static HistoryEvent? FindMail(this SqliteDatabase database, long sequence) => database.Read(sequence, static (session, sequence) =>
    {
        using var reader = session.Prepare("SELECT event FROM mail WHERE seq = ?1").Bind(1, sequence).Query();
        return reader.Read() ? HistoryCodec.DecodeEvent(reader.GetBytes(0)) : null;
    });

    /// <summary>Writes an entity; one that has neither state nor lock is removed.</summary>
    public static void Write(SqliteSession session, EntityRow row)
    {
        if (row is { State: null, LockedBy: null })
        {
            _ = session.Prepare("DELETE FROM entities WHERE id = ?1").Bind(1, row.Id).Execute();
            return;
        }

        _ = session.Prepare(
                "INSERT INTO entities (id, updated, locked_by, state) VALUES (?1, ?2, ?3, ?4) "
                + "ON CONFLICT (id) DO UPDATE SET updated = ?2, locked_by = ?3, state = ?4")
            .Bind(1, row.Id).Bind(2, row.Updated.Ticks).Bind(3, row.LockedBy).Bind(4, row.State).Execute();
    }

    private static string Select(bool includesState) => Columns + (includesState ? "state" : "NULL") + " FROM entities";

    private static EntityRow Row(SqliteRows reader) => new()
    {
        Id = reader.GetString(0),
        Updated = new DateTime(reader.GetInt64(1), DateTimeKind.Utc),
        LockedBy = reader.IsNull(2) ? null : reader.GetString(2),
        HasState = reader.GetInt32(3) != 0,
        State = reader.IsNull(4) ? null : reader.GetBytes(4),
    };
}
