using Azure;
using EmbeddedHost.Storage.Tables.Filters;

namespace EmbeddedHost.Storage.Tables;

/// <summary>Reads entities: one by its keys, or a page of those that a plan asks for, in the order of their keys.</summary>
internal static class EntityQuery
{
    private const string FindOne =
        "SELECT pk, rk, ts, props FROM entities WHERE tbl = (SELECT id FROM tables WHERE name = ?1) AND pk = ?2 AND rk = ?3";

    // The commonest query by far, whose text need not be put together.
    private const string FindPartition =
        "SELECT pk, rk, ts, props FROM entities WHERE tbl = (SELECT id FROM tables WHERE name = ?1) AND pk = ?2 ORDER BY rk";

    /// <summary>The entity; null where there is none.</summary>
    public static EntityRow? Find(TableStore store, string table, string partitionKey, string rowKey) =>
        store.Recent.TryGet(new EntityKey(table, partitionKey, rowKey), out var recent) ? recent : store.Database.Read((table, partitionKey, rowKey), static (session, key) =>
        {
            using var reader = session.Prepare(FindOne).Bind(1, key.table).Bind(2, key.partitionKey).Bind(3, key.rowKey).Query();
            return reader.Read() ? Current(reader) : (EntityRow?)null;
        });

    public static bool TableExists(TableStore store, string table) => store.Database.Read(table, TableExists);

    /// <summary>The same inside of a read or a commit.</summary>
    public static bool TableExists(SqliteSession session, string table)
    {
        using var reader = session.Prepare("SELECT 1 FROM tables WHERE name = ?1").Bind(1, table).Query();
        return reader.Read();
    }

    /// <summary>
    /// Up to <paramref name="size"/> rows from a position on, and where to go on, if there may be more. It ends after so many rows
    /// that the filter lets few of through, as the service's pages do: no read holds its thread for a whole table.
    /// </summary>
    /// <exception cref="RequestFailedException">The table does not exist.</exception>
    public static (List<EntityRow> Rows, QueryPosition? Next) Page(TableStore store, string table, QueryPlan plan, QueryPosition? from, int size)
    {
        var (rows, next, exists) = store.Database.Read((table, plan, from, size), static (session, query) =>
        {
            var rows = new List<EntityRow>();
            var statement = query.plan.IsWholePartition && query.from is null
                ? session.Prepare(FindPartition).Bind(1, query.table).Bind(2, query.plan.Partition.Low)
                : new RangeStatement(query.table, query.plan, query.from).Bound(session);
            using var reader = statement.Query();
            for (var examined = 0; reader.Read(); examined++)
            {
                var row = Current(reader);
                if (examined == TableLimits.RowsExamined)
                {
                    return (rows, (QueryPosition?)new QueryPosition(row.PartitionKey, row.RowKey), true);
                }

                if (query.plan.Rest?.Matches(row) == false)
                {
                    continue;
                }

                if (rows.Count == query.size)
                {
                    return (rows, (QueryPosition?)new QueryPosition(row.PartitionKey, row.RowKey), true);
                }

                rows.Add(row);
            }

            return (rows, null, rows.Count > 0 || TableExists(session, query.table));
        });

        return exists ? (rows, next) : throw TableErrors.TableNotFound(table);
    }

    private static EntityRow Current(SqliteRows reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetBytes(3));
}
