using Azure;
using Azure.Data.Tables;
using EmbeddedHost.Storage.Tables.Mapping;

namespace EmbeddedHost.Storage.Tables;

/// <summary>One write to one entity, checked and encoded on the caller's thread, applied on the committing one.</summary>
internal sealed class EntityWrite
{
    private const string TableId = "(SELECT id FROM tables WHERE name = ?1)";
    private const string OfKey = $" WHERE tbl = {TableId} AND pk = ?2 AND rk = ?3";
    private const string Find = "SELECT props FROM entities" + OfKey;
    private const string Insert = "INSERT INTO entities(tbl, pk, rk, ts, props) SELECT id, ?2, ?3, ?4, ?5 FROM tables WHERE name = ?1";
    private const string Add = Insert + " ON CONFLICT DO NOTHING";
    private const string Upsert = Insert + " ON CONFLICT DO UPDATE SET ts = excluded.ts, props = excluded.props";
    private const string Replace = "UPDATE entities SET ts = ?4, props = ?5" + OfKey + " AND (?6 IS NULL OR ts = ?6)";
    private const string Remove = "DELETE FROM entities" + OfKey + " AND (?4 IS NULL OR ts = ?4)";

    private readonly string _table;
    private readonly TableTransactionActionType _action;
    private readonly byte[] _properties;
    private readonly long? _condition;
    private WriteOutcome _outcome;
    private RequestFailedException? _mergeRefusal;
    private long _timestamp;
    private byte[] _stored = [];

    private EntityWrite(string table, TableTransactionActionType action, string partitionKey, string rowKey, byte[] properties, ETag ifMatch)
    {
        _table = table;
        _action = action;
        _properties = properties;
        _condition = EntityETag.Condition(ifMatch);
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public string PartitionKey { get; }

    public string RowKey { get; }

    /// <summary>Whether the last <see cref="Apply"/> was to delete what is not there.</summary>
    public bool DeletedNothing =>
        _action == TableTransactionActionType.Delete && _outcome is (WriteOutcome.EntityMissing or WriteOutcome.TableMissing);

    /// <summary>Bytes that the write carries.</summary>
    public int Length => _properties.Length;

    /// <summary>A write of an entity's properties. A default ETag sets no condition.</summary>
    /// <exception cref="RequestFailedException">The entity breaks a limit of the service.</exception>
    public static EntityWrite For(string table, TableTransactionActionType action, ITableEntity entity, ETag ifMatch)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var (partitionKey, rowKey) = (entity.PartitionKey, entity.RowKey);
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        if (action == TableTransactionActionType.Delete)
        {
            return Delete(table, partitionKey, rowKey, ifMatch);
        }

        TableLimits.CheckKey(nameof(PartitionKey), partitionKey);
        TableLimits.CheckKey(nameof(RowKey), rowKey);
        return new(table, action, partitionKey, rowKey, EntityMap.Encode(entity), ifMatch);
    }

    /// <summary>A deletion. A default ETag sets no condition.</summary>
    public static EntityWrite Delete(string table, string partitionKey, string rowKey, ETag ifMatch)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return new(table, TableTransactionActionType.Delete, partitionKey, rowKey, [], ifMatch);
    }

    /// <summary>Writes; false where the entity's state forbids it, and then nothing is written.</summary>
    public bool Apply(SqliteSession session, long timestamp)
    {
        _timestamp = timestamp;
        _outcome = _action switch
        {
            TableTransactionActionType.Add => Store(session, Add, _properties) ? WriteOutcome.Done : WhyNotAdded(session),
            TableTransactionActionType.UpsertReplace => Store(session, Upsert, _properties) ? WriteOutcome.Done : WriteOutcome.TableMissing,
            TableTransactionActionType.UpdateReplace => Update(session, _properties),
            TableTransactionActionType.Delete => Keyed(session, Remove).Bind(4, _condition).Execute() > 0 ? WriteOutcome.Done : WhyNotFound(session),
            _ => Merge(session),
        };
        return _outcome == WriteOutcome.Done;
    }

    /// <summary>Forgets what was there before the last <see cref="Apply"/>: from its commit on, the file has something else.</summary>
    public void Forget(RecentEntities recent)
    {
        if (_outcome == WriteOutcome.Done)
        {
            recent.Remove(Key);
        }
    }

    /// <summary>Tells what the last <see cref="Apply"/> left, once it is on disk.</summary>
    public void Publish(RecentEntities recent)
    {
        if (_outcome == WriteOutcome.Done && _action != TableTransactionActionType.Delete)
        {
            recent.Put(Key, new EntityRow(PartitionKey, RowKey, _timestamp, _stored));
        }
        else if (_outcome == WriteOutcome.Done)
        {
            // An earlier write of the same commit may have put it in.
            recent.Remove(Key);
        }
    }

    private EntityKey Key => new(_table, PartitionKey, RowKey);

    /// <summary>The answer to the last <see cref="Apply"/>, which succeeded.</summary>
    public Response Response() => new TableResponse(204, _action == TableTransactionActionType.Delete ? null : _timestamp);

    /// <summary>What the service refuses the last <see cref="Apply"/> with; null where it succeeded.</summary>
    public RequestFailedException? Refusal() => _outcome switch
    {
        WriteOutcome.Done => null,
        WriteOutcome.TableMissing => TableErrors.TableNotFound(_table),
        WriteOutcome.EntityExists => TableErrors.EntityAlreadyExists(PartitionKey, RowKey),
        WriteOutcome.EntityMissing => TableErrors.EntityMissing(PartitionKey, RowKey),
        WriteOutcome.ConditionFailed => TableErrors.ConditionNotSatisfied(PartitionKey, RowKey),
        _ => _mergeRefusal,
    };

    private WriteOutcome Merge(SqliteSession session)
    {
        if (Stored(session) is not { } stored)
        {
            return _action == TableTransactionActionType.UpsertMerge && Store(session, Add, _properties)
                ? WriteOutcome.Done
                : WhyNotFound(session);
        }

        try
        {
            return Update(session, PropertyMerge.Merge(stored, _properties, PartitionKey, RowKey));
        }
        catch (RequestFailedException e)
        {
            _mergeRefusal = e;
            return WriteOutcome.MergeRefused;
        }
    }

    private WriteOutcome Update(SqliteSession session, byte[] properties)
    {
        _stored = properties;
        return Keyed(session, Replace).Bind(4, _timestamp).Bind(5, properties).Bind(6, _condition).Execute() > 0
            ? WriteOutcome.Done
            : WhyNotFound(session);
    }

    private bool Store(SqliteSession session, string sql, byte[] properties)
    {
        _stored = properties;
        return Keyed(session, sql).Bind(4, _timestamp).Bind(5, properties).Execute() > 0;
    }

    private WriteOutcome WhyNotAdded(SqliteSession session) =>
        EntityQuery.TableExists(session, _table) ? WriteOutcome.EntityExists : WriteOutcome.TableMissing;

    private WriteOutcome WhyNotFound(SqliteSession session)
    {
        if (Stored(session) is not null)
        {
            return WriteOutcome.ConditionFailed;
        }

        return EntityQuery.TableExists(session, _table) ? WriteOutcome.EntityMissing : WriteOutcome.TableMissing;
    }

    private byte[]? Stored(SqliteSession session)
    {
        using var reader = Keyed(session, Find).Query();
        return reader.Read() ? reader.GetBytes(0) : null;
    }

    private SqliteStatement Keyed(SqliteSession session, string sql) =>
        session.Prepare(sql).Bind(1, _table).Bind(2, PartitionKey).Bind(3, RowKey);
}
