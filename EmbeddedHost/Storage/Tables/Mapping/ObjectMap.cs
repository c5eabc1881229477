using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>The map of a class of the app's own: its public properties. One without a public setter is written, and not read.</summary>
internal sealed class ObjectMap(Type type) : EntityMap
{
    private readonly Member[] _members =
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsStored).Select(static property => new Member(property, NameOf(property)))];

    protected override void Write(ITableEntity entity, PropertyWriter writer)
    {
        foreach (var member in _members)
        {
            if (member.Get(entity) is { } value)
            {
                PropertyCodecs.Write(writer, member.Name, value is Enum ? value.ToString()! : value);
            }
        }
    }

    protected override ITableEntity Read(in EntityRow row, Selection selection)
    {
        var entity = (ITableEntity)Activator.CreateInstance(type)!;
        ReadSystem(entity, row, selection);
        var reader = new PropertyReader(row.Properties);
        var next = 0;
        while (reader.Next(out var property))
        {
            if (selection.Has(property.Name) && Find(property.Name, ref next) is { } member)
            {
                member.Set(entity, property);
            }
        }

        return entity;
    }

    /// <summary>Looks from the last hit on: entities are mostly read in the order in which they were written.</summary>
    private Member? Find(ReadOnlySpan<byte> name, ref int next)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            var member = _members[next];
            next = (next + 1) % _members.Length;
            if (name.SequenceEqual(member.Utf8Name))
            {
                return member;
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

    /// <summary>A property of the class, and its stored name.</summary>
    private sealed class Member(PropertyInfo property, string name)
    {
        private readonly ReadProperty _read = PropertyCodecs.ReaderOf(property.PropertyType, name);
        private readonly bool _isSettable = property.SetMethod is { IsPublic: true };

        public string Name => name;

        public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

        public object? Get(ITableEntity entity) => property.GetValue(entity, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);

        public void Set(ITableEntity entity, in StoredProperty stored)
        {
            if (_isSettable)
            {
                property.SetValue(entity, _read(stored), BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
            }
        }
    }
}
