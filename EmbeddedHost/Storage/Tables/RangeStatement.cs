using System.Text;
using EmbeddedHost.Storage.Tables.Filters;

namespace EmbeddedHost.Storage.Tables;

/// <summary>The statement that walks a plan's ranges of the primary key, in its order, from a position on.</summary>
internal sealed class RangeStatement
{
    private readonly StringBuilder _sql = new("SELECT pk, rk, ts, props FROM entities WHERE tbl = (SELECT id FROM tables WHERE name = ?1)");
    private readonly List<string> _arguments = [];

    public RangeStatement(string table, QueryPlan plan, QueryPosition? from)
    {
        _arguments.Add(table);
        Restrict("pk", plan.Partition);
        Restrict("rk", plan.Row);
        if (from is not null && plan.Partition.IsPoint)
        {
            Add(" AND rk >= ", from.RowKey);
        }
        else if (from is not null)
        {
            // A row value, so that SQLite seeks the position itself.
            Add(" AND (pk, rk) >= (", from.PartitionKey);
            Add(", ", from.RowKey);
            _ = _sql.Append(')');
        }

        _ = _sql.Append(" ORDER BY pk, rk");
    }

    /// <summary>The statement's text, with a parameter for each key.</summary>
    public string Sql => _sql.ToString();

    public SqliteStatement Bound(SqliteSession session)
    {
        // The shapes of ranges are few, and each one's text is prepared once a session.
        var statement = session.Prepare(Sql);
        for (var i = 0; i < _arguments.Count; i++)
        {
            _ = statement.BindAny(i + 1, _arguments[i]);
        }

        return statement;
    }

    private void Restrict(string column, KeyRange range)
    {
        if (range.IsPoint)
        {
            Add($" AND {column} = ", range.Low!);
            return;
        }

        if (range.Low is not null)
        {
            Add($" AND {column} {(range.LowIncluded ? ">=" : ">")} ", range.Low);
        }

        if (range.High is not null)
        {
            Add($" AND {column} {(range.HighIncluded ? "<=" : "<")} ", range.High);
        }
    }

    private void Add(string condition, string argument)
    {
        _arguments.Add(argument);
        _ = _sql.Append(condition).Append('?').Append(_arguments.Count);
    }
}
