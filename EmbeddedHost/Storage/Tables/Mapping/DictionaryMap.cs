using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>The map of <see cref="TableEntity"/>.</summary>
internal sealed class DictionaryMap : EntityMap
{
    protected override void Write(ITableEntity entity, PropertyWriter writer)
    {
        foreach (var (name, value) in ((TableEntity)entity).Properties)
        {
            if (value is not null && !IsSystem(name))
            {
                Write(writer, name, value);
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
                entity.Properties[property.NameText] = property.AsObject();
            }
        }

        return entity;
    }

    private static bool IsSystem(string name) => name
        is nameof(ITableEntity.PartitionKey)
        or nameof(ITableEntity.RowKey)
        or nameof(ITableEntity.Timestamp)
        or TableEntity.ETagName;

    private static void Write(PropertyWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text: writer.Add(name, text); break;
            case bool flag: writer.Add(name, flag); break;
            case int number: writer.Add(name, number); break;
            case long number: writer.Add(name, number); break;
            case double number: writer.Add(name, number); break;
            case DateTimeOffset time: writer.Add(name, time); break;
            case DateTime time: writer.Add(name, time); break;
            case Guid guid: writer.Add(name, guid); break;
            case byte[] bytes: writer.Add(name, bytes); break;
            case BinaryData data: writer.Add(name, data); break;
            case Enum: throw new NotSupportedException(
                $"The property '{name}' is the enum {value.GetType().Name}; a TableEntity holds its name or number. A class of your own may hold enums.");
            default: throw PropertyCodecs.Unsupported(name, value.GetType());
        }
    }
}
