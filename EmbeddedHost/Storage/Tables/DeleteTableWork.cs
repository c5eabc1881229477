using Azure;

namespace EmbeddedHost.Storage.Tables;

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
