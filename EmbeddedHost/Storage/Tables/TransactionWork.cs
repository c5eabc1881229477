using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables;

/// <summary>An entity group transaction: all of its writes, or none.</summary>
internal sealed class TransactionWork : TableWork<Response<IReadOnlyList<Response>>>
{
    private readonly List<EntityWrite> _writes = [];
    private int _refused;

    /// <summary>Checks and encodes the actions.</summary>
    /// <exception cref="TableTransactionFailedException">An action, or all of them together, break a rule of the service.</exception>
    /// <exception cref="InvalidOperationException">There are no actions.</exception>
    public TransactionWork(TableStore store, string table, IEnumerable<TableTransactionAction> actions)
        : base(store)
    {
        var rows = new HashSet<string>(StringComparer.Ordinal);
        long bytes = 0;
        foreach (var action in actions)
        {
            try
            {
                var write = EntityWrite.For(table, Effective(action), action.Entity, action.ETag);
                bytes += write.Length;
                Check(write, rows, bytes);
                _writes.Add(write);
            }
            catch (RequestFailedException e)
            {
                throw Failed(_writes.Count, e);
            }
        }

        if (_writes.Count == 0)
        {
            throw new InvalidOperationException("The transaction has no actions: give it at least one.");
        }
    }

    public override void Write(SqliteSession session)
    {
        _refused = -1;
        _ = session.Prepare("SAVEPOINT entity_group").Execute();
        for (var i = 0; i < _writes.Count && _refused < 0; i++)
        {
            if (!_writes[i].Apply(session, Store.NextTimestamp()))
            {
                _refused = i;
                // The other works of the commit stay.
                _ = session.Prepare("ROLLBACK TO entity_group").Execute();
            }
        }

        _ = session.Prepare("RELEASE entity_group").Execute();
    }

    public override void OnCommitting() => Tell(static (write, recent) => write.Forget(recent));

    public override void OnCommitted() => Tell(static (write, recent) => write.Publish(recent));

    private void Tell(Action<EntityWrite, RecentEntities> what)
    {
        if (_refused >= 0)
        {
            return;
        }

        foreach (var write in _writes)
        {
            what(write, Store.Recent);
        }
    }

    protected override Response<IReadOnlyList<Response>> Committed()
    {
        if (_refused >= 0)
        {
            throw Failed(_refused, _writes[_refused].Refusal()!);
        }

        var responses = new Response[_writes.Count];
        for (var i = 0; i < responses.Length; i++)
        {
            responses[i] = _writes[i].Response();
        }

        return Response.FromValue<IReadOnlyList<Response>>(responses, new TableResponse(202));
    }

    /// <summary>The service takes an update without a condition for an upsert (no If-Match header); only in transactions is it ever sent one.</summary>
    private static TableTransactionActionType Effective(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.UpdateMerge when action.ETag == default => TableTransactionActionType.UpsertMerge,
        TableTransactionActionType.UpdateReplace when action.ETag == default => TableTransactionActionType.UpsertReplace,
        var other => other,
    };

    /// <summary>The service's client learns which action was refused from this entry of the refusal's data.</summary>
    private static TableTransactionFailedException Failed(int index, RequestFailedException refusal)
    {
        refusal.Data["FailedEntity"] = index.ToString(CultureInfo.InvariantCulture);
        return new TableTransactionFailedException(refusal);
    }

    private void Check(EntityWrite write, HashSet<string> rows, long bytes)
    {
        if (_writes.Count == TableLimits.TransactionActions)
        {
            throw TableErrors.TooManyActions(_writes.Count + 1);
        }

        if (bytes > TableLimits.TransactionBytes)
        {
            throw TableErrors.TransactionTooLarge(bytes);
        }

        if (_writes.Count > 0 && write.PartitionKey != _writes[0].PartitionKey)
        {
            throw TableErrors.DifferentPartition(_writes[0].PartitionKey, write.PartitionKey);
        }

        if (!rows.Add(write.RowKey))
        {
            throw TableErrors.DuplicateRow(write.RowKey);
        }
    }
}
