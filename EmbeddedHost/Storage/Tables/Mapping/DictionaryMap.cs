using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>The map of <see cref="TableEntity"/>.</summary>
internal sealed class DictionaryMap : EntityMap
{
    // The name under which a TableEntity holds its ETag.
    private const string ETag = "odata.etag";

    protected override void Write(ITableEntity entity, PropertyWriter writer)
    {
        foreach (var (name, value) in (IDictionary<string, object?>)(TableEntity)entity)
        {
            if (value is not null && !IsSystem(name))
            {
                PropertyCodecs.Write(writer, name, value);
            }
        }
    }

    protected override ITableEntity Read(in EntityRow row, Selection selection)
    {
        var entity = new TableEntity();
        ReadSystem(entity, row, selection);
        var reader = new PropertyReader(row.Properties);
        while (reader.Next(out var property))
        {
            if (selection.Has(property.Name))
            {
                entity[property.NameText] = property.AsObject();
            }
        }

        return entity;
    }

    private static bool IsSystem(string name) => name
        is nameof(ITableEntity.PartitionKey)
        or nameof(ITableEntity.RowKey)
        or nameof(ITableEntity.Timestamp)
        or ETag;
}
