using System.Reflection;
using System.Runtime.Serialization;
using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>The map of a class of the app's own: its public properties. One without a public setter is written, and not read.</summary>
internal sealed class ObjectMap<T> : EntityMap
    where T : ITableEntity
{
    private readonly PropertyBinding<T>[] _bindings;

    public ObjectMap()
    {
        var bindings = new List<PropertyBinding<T>>();
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (IsStored(property))
            {
                bindings.Add(PropertyBinding<T>.Create(property, NameOf(property)));
            }
        }

        _bindings = [.. bindings];
    }

    protected override void Write(ITableEntity entity, PropertyWriter writer)
    {
        var typed = (T)entity;
        foreach (var binding in _bindings)
        {
            binding.Write(typed, writer);
        }
    }

    protected override ITableEntity Read(in EntityRow row, Selection selection)
    {
        var entity = Activator.CreateInstance<T>();
        ReadSystem(entity, row, selection);
        var reader = new PropertyReader(row.Properties);
        var next = 0;
        while (reader.Next(out var property))
        {
            if (selection.Has(property.Name) && Find(property.Name, ref next) is { } binding)
            {
                binding.Read(entity, property);
            }
        }

        return entity;
    }

    /// <summary>Looks from the last hit on: entities are mostly read in the order in which they were written.</summary>
    private PropertyBinding<T>? Find(ReadOnlySpan<byte> name, ref int next)
    {
        for (var i = 0; i < _bindings.Length; i++)
        {
            var binding = _bindings[next];
            next = (next + 1) % _bindings.Length;
            if (name.SequenceEqual(binding.Utf8Name))
            {
                return binding;
            }
        }

        return null;
    }

    private static bool IsStored(PropertyInfo property) =>
        property is { GetMethod.IsPublic: true }
        && property.GetIndexParameters().Length == 0
        && property.GetCustomAttribute<IgnoreDataMemberAttribute>() is null
        && property.Name is not (nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey)
            or nameof(ITableEntity.Timestamp) or nameof(ITableEntity.ETag));

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<DataMemberAttribute>()?.Name is { Length: > 0 } name ? name : property.Name;
}
