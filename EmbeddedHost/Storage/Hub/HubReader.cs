using System.Text;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Storage.Hub;

/// <summary>Reads the task hub: only what is committed.</summary>
internal sealed class HubReader(SqliteDatabase database)
{
    private const string Columns =
        "i.key, i.id, i.name, s.state, i.created, s.updated, i.parent, i.parent_id, i.parent_name, i.parent_task, s.wake_at, "
        + "i.version, i.tags, i.trace";

    private const string Joins =
        " FROM instances i JOIN status s ON s.key = i.key";

    private const string PayloadColumns =
        ", i.input, (SELECT value FROM custom_status c WHERE c.key = i.key), o.output, o.failure";

    private const string OutcomeJoin = " LEFT JOIN outcomes o ON o.key = i.key";

    private const string PayloadJoins = Joins + OutcomeJoin;

    // Those that have not ended are few among many: left to itself, SQLite goes through all instances.
    private const string ActiveJoins = " FROM status s INDEXED BY status_active CROSS JOIN instances i ON i.key = s.key";

    private const string IsActive = "s.state IN (0, 6, 7)";

    private const string ById = "SELECT " + Columns + Joins + " WHERE i.id = ?1";

    private const string ByIdWithPayloads = "SELECT " + Columns + PayloadColumns + PayloadJoins + " WHERE i.id = ?1";

    /// <summary>The instance of an id, or null.</summary>
    public InstanceRow? Find(string id, bool payloads) => database.Read((id, payloads), static (session, arg) =>
    {
        using var reader = session.Prepare(arg.payloads ? ByIdWithPayloads : ById).Bind(1, arg.id).Query();
        return reader.Read() ? Row(reader, arg.payloads) : null;
    });

    /// <summary>The committed turns of an instance, oldest first.</summary>
    public List<HistoryTurn> History(long key) => database.Read(key, static (session, key) =>
    {
        var turns = new List<HistoryTurn>();
        using var reader = session.Prepare("SELECT turns FROM history WHERE instance = ?1 ORDER BY seq").Bind(1, key).Query();
        while (reader.Read())
        {
            HistoryCodec.Decode(reader.GetBytes(0), turns);
        }

        return turns;
    });

    /// <summary>A page of instances in the order they were created, after the key <paramref name="after"/>.</summary>
    public List<InstanceRow> List(InstanceFilter filter, long after, int top, bool payloads) =>
        database.Read((filter, after, top, payloads), static (session, arg) =>
        {
            var (where, values) = Where(arg.filter);
            var isOfActive = arg.filter.States.Count > 0 && !arg.filter.States.Any(InstanceRow.IsTerminalState);
            var sql = "SELECT " + Columns + (arg.payloads ? PayloadColumns : "")
                + (isOfActive ? ActiveJoins : Joins) + (arg.payloads ? OutcomeJoin : "")
                + (isOfActive ? $" WHERE {IsActive} AND s.key > ?1" : " WHERE i.key > ?1")
                + where + (isOfActive ? " ORDER BY s.key" : " ORDER BY i.key") + " LIMIT ?2";
            var statement = session.Prepare(sql).Bind(1, arg.after).Bind(2, arg.top);
            for (var i = 0; i < values.Count; i++)
            {
                _ = statement.BindAny(i + 3, values[i]);
            }

            using var reader = statement.Query();
            var rows = new List<InstanceRow>();
            while (reader.Read())
            {
                rows.Add(Row(reader, arg.payloads));
            }

            return rows;
        });

    /// <summary>Every instance that has not ended, with whether work was under way when it was last committed.</summary>
    public List<(InstanceRow Row, bool HasOpenTasks)> Active() => database.Read(0, static (session, _) =>
    {
        using var reader = session.Prepare(
            "SELECT " + Columns + ", s.open_tasks" + Joins + $" WHERE {IsActive} ORDER BY i.key").Query();
        var rows = new List<(InstanceRow, bool)>();
        while (reader.Read())
        {
            rows.Add((Row(reader, payloads: false), reader.GetInt64(14) > 0));
        }

        return rows;
    });

    /// <summary>How many instances there are in each state that any is in.</summary>
    public List<(OrchestrationRuntimeStatus State, long Count)> CountByState() => database.Read(0, static (session, _) =>
    {
        using var reader = session.Prepare("SELECT state, count(*) FROM status GROUP BY state").Query();
        var counts = new List<(OrchestrationRuntimeStatus, long)>();
        while (reader.Read())
        {
            counts.Add(((OrchestrationRuntimeStatus)reader.GetInt32(0), reader.GetInt64(1)));
        }

        return counts;
    });

    /// <summary>An instance's sub-orchestrations.</summary>
    public List<InstanceRow> Children(long key) => database.Read(key, static (session, key) =>
    {
        using var reader = session.Prepare("SELECT " + Columns + Joins + " WHERE i.parent = ?1 ORDER BY i.key").Bind(1, key).Query();
        var rows = new List<InstanceRow>();
        while (reader.Read())
        {
            rows.Add(Row(reader, payloads: false));
        }

        return rows;
    });

    /// <summary>Events under way between instances.</summary>
    public List<(long Sequence, string Target, long Key, HistoryEvent Event)> Mail() => database.Read(0, static (session, _) =>
    {
        using var reader = session.Prepare("SELECT seq, target, instance, event FROM mail ORDER BY seq").Query();
        var mail = new List<(long, string, long, HistoryEvent)>();
        while (reader.Read())
        {
            mail.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), HistoryCodec.DecodeEvent(reader.GetBytes(3))));
        }

        return mail;
    });

    /// <summary>The largest key of <paramref name="column"/> in <paramref name="table"/>, or 0.</summary>
    public long Largest(string table, string column) => database.Read((table, column), static (session, arg) =>
        session.Scalar($"SELECT max({arg.column}) FROM {arg.table}") as long? ?? 0);

    private static (string Sql, List<object> Values) Where(InstanceFilter filter)
    {
        var sql = new StringBuilder();
        var values = new List<object>();
        // ?1 and ?2 are the page's own.
        string Parameter(object value)
        {
            values.Add(value);
            return $"?{values.Count + 2}";
        }

        void And(string condition) => _ = sql.Append(" AND ").Append(condition);

        if (filter.CreatedFrom is { } from)
        {
            And($"i.created >= {Parameter(from.Ticks)}");
        }

        if (filter.CreatedTo is { } to)
        {
            And($"i.created <= {Parameter(to.Ticks)}");
        }

        // The last change of an instance that has ended is its end: the states see to it that there are no others.
        if (filter.EndedFrom is { } endedFrom)
        {
            And($"s.updated >= {Parameter(endedFrom.Ticks)}");
        }

        if (filter.EndedTo is { } endedTo)
        {
            And($"s.updated <= {Parameter(endedTo.Ticks)}");
        }

        if (filter.States.Count > 0)
        {
            And($"s.state IN ({string.Join(',', filter.States.Select(static s => (int)s))})");
        }

        if (!string.IsNullOrEmpty(filter.IdPrefix))
        {
            // Not by the text's length here: SQLite counts code points.
            var prefix = Parameter(filter.IdPrefix);
            And($"substr(i.id, 1, length({prefix})) = {prefix}");
        }

        return (sql.ToString(), values);
    }

    private static InstanceRow Row(SqliteRows reader, bool payloads) => new()
    {
        Key = reader.GetInt64(0),
        Id = reader.GetString(1),
        Name = reader.GetString(2),
        State = (OrchestrationRuntimeStatus)reader.GetInt32(3),
        Created = new DateTime(reader.GetInt64(4), DateTimeKind.Utc),
        Updated = new DateTime(reader.GetInt64(5), DateTimeKind.Utc),
        ParentKey = reader.IsNull(6) ? null : reader.GetInt64(6),
        ParentId = Text(reader, 7),
        ParentName = Text(reader, 8),
        ParentTaskId = reader.IsNull(9) ? -1 : reader.GetInt32(9),
        WakeAt = reader.IsNull(10) ? null : new DateTime(reader.GetInt64(10), DateTimeKind.Utc),
        Version = Text(reader, 11),
        Tags = TagText.Read(Text(reader, 12)),
        Trace = Text(reader, 13),
        Input = payloads ? Blob(reader, 14) : null,
        CustomStatus = payloads ? Blob(reader, 15) : null,
        Output = payloads ? Blob(reader, 16) : null,
        Failure = payloads ? Blob(reader, 17) : null,
    };

    private static string? Text(SqliteRows reader, int column) => reader.IsNull(column) ? null : reader.GetString(column);

    private static byte[]? Blob(SqliteRows reader, int column) =>
        reader.IsNull(column) ? null : reader.GetBytes(column);
}
