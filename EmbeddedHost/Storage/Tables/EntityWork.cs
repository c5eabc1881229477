using Azure;

namespace EmbeddedHost.Storage.Tables;

/// <summary>A write to one entity as a unit of its own.</summary>
internal sealed class EntityWork(TableStore store, EntityWrite write) : TableWork<Response>(store)
{
    public override void Write(SqliteSession session) => write.Apply(session, Store.NextTimestamp());

    protected override Response Committed() => write.Refusal() is { } refusal ? throw refusal : write.Response();
}
