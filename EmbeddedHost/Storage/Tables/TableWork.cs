using Azure;
using Azure.Data.Tables.Models;

namespace EmbeddedHost.Storage.Tables;

/// <summary>A write operation and, once it is on disk or refused, its answer.</summary>
internal abstract class TableWork<T>(TableStore store) : CommitWork
{
    private readonly TaskCompletionSource<T> _answer = new();

    protected TableStore Store => store;

    /// <summary>Writes, and returns after the commit.</summary>
    public T Run()
    {
        ContinuesInline = true;
        return store.Database.Committer.Submit(this) ? Answer() : _answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Writes; the task ends after the commit.</summary>
    public ValueTask<T> RunAsync() => GatheredWorks.Submit(store.Database.Committer, this) ? new(Answer()) : new(_answer.Task);

    public override void Execute()
    {
        try
        {
            _answer.SetResult(Answer());
        }
        catch (Exception e)
        {
            _answer.SetException(e);
        }
    }

    /// <summary>The answer to a committed work; throws what the service would refuse it with.</summary>
    protected abstract T Committed();

    private T Answer() => Error is null ? Committed() : throw TableErrors.Storage(Error);
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
