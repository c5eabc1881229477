using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>How entities of a type are written and read. Made once a type.</summary>
internal abstract class EntityMap
{
    private static readonly ConcurrentDictionary<Type, EntityMap> Maps = new();

    /// <summary>The properties of an entity as they are stored.</summary>
    public static byte[] Encode(ITableEntity entity)
    {
        var writer = PropertyWriter.Rent();
        For(entity.GetType()).Write(entity, writer);
        return writer.Finish(entity.PartitionKey, entity.RowKey);
    }

    /// <summary>The stored entity as a <typeparamref name="T"/>, with the selected properties.</summary>
    public static T Decode<T>(in EntityRow row, Selection selection)
        where T : class, ITableEntity
    {
        var entity = (T)For(typeof(T)).Read(row, selection);
        entity.ETag = new Azure.ETag(EntityETag.Format(row.Timestamp));
        return entity;
    }

    /// <summary>Adds the entity's properties, without the system ones.</summary>
    protected abstract void Write(ITableEntity entity, PropertyWriter writer);

    /// <summary>A new entity with the selected properties, system ones included, save for the ETag.</summary>
    protected abstract ITableEntity Read(in EntityRow row, Selection selection);

    /// <summary>Sets the keys and the timestamp where they are selected.</summary>
    protected static void ReadSystem(ITableEntity entity, in EntityRow row, Selection selection)
    {
        if (selection.PartitionKey)
        {
            entity.PartitionKey = row.PartitionKey;
        }

        if (selection.RowKey)
        {
            entity.RowKey = row.RowKey;
        }

        if (selection.Timestamp)
        {
            entity.Timestamp = new DateTimeOffset(row.Timestamp, TimeSpan.Zero);
        }
    }

    private static EntityMap For(Type type) =>
        Maps.GetOrAdd(type, static type => type == typeof(TableEntity) ? new DictionaryMap() : new ObjectMap(type));
}
