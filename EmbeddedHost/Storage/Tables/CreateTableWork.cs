using Azure;
using Azure.Data.Tables.Models;

namespace EmbeddedHost.Storage.Tables;

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
