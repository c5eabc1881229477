using Azure;

namespace EmbeddedHost.Storage.Tables;

/// <summary>A write to one entity as a unit of its own.</summary>
internal sealed class EntityWork(TableStore store, EntityWrite write) : TableWork<Response>(store)
{
    public override void Write(SqliteSession session) => write.Apply(session, Store.NextTimestamp());

    public override void OnCommitting() => write.Forget(Store.Recent);

    public override void OnCommitted() => write.Publish(Store.Recent);

    // The client library swallows a deletion's 404, though not a transaction's.
    protected override Response Committed()
    {
        if (write.DeletedNothing)
        {
            return new TableResponse(404);
        }

        return write.Refusal() is { } refusal ? throw refusal : write.Response();
    }
}

/// <summary>How a write to one entity went.</summary>
internal enum WriteOutcome
{
    Done,
    TableMissing,
    EntityExists,
    EntityMissing,
    ConditionFailed,

    /// <summary>What is stored and what came would together be over a limit.</summary>
    MergeRefused,
}
