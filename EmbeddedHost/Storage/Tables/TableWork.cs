using Azure;
using Azure.Data.Tables.Models;

namespace EmbeddedHost.Storage.Tables;

/// <summary>A write to the tables.</summary>
internal abstract class TableWork<T>(TableStore store) : AnsweredWork<T>(store.Database.Committer)
{
    protected TableStore Store => store;

    protected override Exception Failed(Exception error) => TableErrors.Storage(error);
}

/// <summary>Creates a table; where it exists, is refused or answers with it, as asked.</summary>
internal sealed class CreateTableWork : TableWork<Response<TableItem>>
{
    private readonly string _table;
    private readonly bool _mayExist;
    private bool _created;

    /// <exception cref="RequestFailedException">The name is none a table can have.</exception>
    public CreateTableWork(TableStore store, string table, bool mayExist)
        : base(store)
    {
        TableLimits.CheckTableName(table);
        _table = table;
        _mayExist = mayExist;
    }

    public override void Write(SqliteSession session) =>
        _created = session.Prepare("INSERT INTO tables(name) VALUES (?1) ON CONFLICT DO NOTHING").Bind(1, _table).Execute() > 0;

    protected override Response<TableItem> Committed() => _created || _mayExist
        ? Response.FromValue(new TableItem(_table), new TableResponse(_created ? 204 : 409))
        : throw TableErrors.TableAlreadyExists(_table);
}

/// <summary>Deletes a table with its entities. As in the client library, a missing table is an answer (404), not an error.</summary>
internal sealed class DeleteTableWork(TableStore store, string table) : TableWork<Response>(store)
{
    private bool _deleted;

    public override void Write(SqliteSession session)
    {
        _ = session.Prepare("DELETE FROM entities WHERE tbl = (SELECT id FROM tables WHERE name = ?1)").Bind(1, table).Execute();
        _deleted = session.Prepare("DELETE FROM tables WHERE name = ?1").Bind(1, table).Execute() > 0;
    }

    public override void OnCommitting() => Store.Recent.Clear();

    // Earlier writes of the same commit may have put entities in.
    public override void OnCommitted() => Store.Recent.Clear();

    protected override Response Committed() => new TableResponse(_deleted ? 204 : 404);
}
