using System.Reflection;
using System.Text;

namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>A property of an entity class, bound to its stored name.</summary>
internal abstract class PropertyBinding<TEntity>(string name)
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    protected string Name => name;

    public static PropertyBinding<TEntity> Create(PropertyInfo property, string name) =>
        (PropertyBinding<TEntity>)Generic.New(typeof(PropertyBinding<,>), [typeof(TEntity), property.PropertyType], property, name);

    public abstract void Write(TEntity entity, PropertyWriter writer);

    public abstract void Read(TEntity entity, in StoredProperty property);
}

/// <summary>The binding for one type of property: typed delegates, so that no value is boxed.</summary>
internal sealed class PropertyBinding<TEntity, TValue>(PropertyInfo property, string name) : PropertyBinding<TEntity>(name)
{
    private readonly PropertyCodec<TValue> _codec = PropertyCodecs.For<TValue>(name);
    private readonly Func<TEntity, TValue> _get = Getter(property);
    private readonly Action<TEntity, TValue>? _set = Setter(property);

    public override void Write(TEntity entity, PropertyWriter writer) => _codec.Write(writer, Name, _get(entity));

    public override void Read(TEntity entity, in StoredProperty property) => _set?.Invoke(entity, _codec.Read(property));

    // A delegate to a method of a struct takes it by reference: an entity that is a struct pays for a boxing call instead.
    private static Func<TEntity, TValue> Getter(PropertyInfo property) => typeof(TEntity).IsValueType
        ? entity => (TValue)property.GetValue(entity)!
        : property.GetMethod!.CreateDelegate<Func<TEntity, TValue>>();

    private static Action<TEntity, TValue>? Setter(PropertyInfo property) => property.SetMethod switch
    {
        not { IsPublic: true } => null,
        _ when typeof(TEntity).IsValueType => (entity, value) => property.SetValue(entity, value),
        var setter => setter.CreateDelegate<Action<TEntity, TValue>>(),
    };
}
