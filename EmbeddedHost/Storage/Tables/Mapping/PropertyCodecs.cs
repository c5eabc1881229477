namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>The types that an entity's properties may have.</summary>
internal static class PropertyCodecs
{
    private static readonly Dictionary<Type, object> Known = new()
    {
        [typeof(string)] = new PropertyCodec<string>((writer, name, value) => writer.Add(name, value), (in p) => p.AsString()),
        [typeof(bool)] = new PropertyCodec<bool>((writer, name, value) => writer.Add(name, value), (in p) => p.AsBoolean()),
        [typeof(int)] = new PropertyCodec<int>((writer, name, value) => writer.Add(name, value), (in p) => p.AsInt32()),
        [typeof(long)] = new PropertyCodec<long>((writer, name, value) => writer.Add(name, value), (in p) => p.AsInt64()),
        [typeof(double)] = new PropertyCodec<double>((writer, name, value) => writer.Add(name, value), (in p) => p.AsDouble()),
        [typeof(Guid)] = new PropertyCodec<Guid>((writer, name, value) => writer.Add(name, value), (in p) => p.AsGuid()),
        [typeof(DateTime)] = new PropertyCodec<DateTime>((writer, name, value) => writer.Add(name, value), (in p) => p.AsDateTime()),
        [typeof(DateTimeOffset)] = new PropertyCodec<DateTimeOffset>((writer, name, value) => writer.Add(name, value), (in p) => p.AsDateTimeOffset()),
        [typeof(byte[])] = new PropertyCodec<byte[]>((writer, name, value) => writer.Add(name, value), (in p) => p.AsBinary()),
        [typeof(BinaryData)] = new PropertyCodec<BinaryData>((writer, name, value) => writer.Add(name, value), (in p) => BinaryData.FromBytes(p.AsBinary())),
    };

    /// <summary>The codec for a type of property; an enum is stored by its name, a null not at all.</summary>
    /// <exception cref="NotSupportedException">Tables have no such type.</exception>
    public static PropertyCodec<T> For<T>(string name) => (PropertyCodec<T>)For(typeof(T), name);

    public static NotSupportedException Unsupported(string name, Type type) => new(
        $"The property '{name}' has the type {type.Name}, which tables cannot hold. Use string, bool, int, long, double, " +
        "DateTime, DateTimeOffset, Guid, byte[], BinaryData or an enum, or mark the property with IgnoreDataMember.");

    private static object For(Type type, string name)
    {
        if (Known.TryGetValue(type, out var codec))
        {
            return codec;
        }

        if (type.IsEnum)
        {
            return Made(nameof(OfEnum), type);
        }

        return Nullable.GetUnderlyingType(type) switch
        {
            null => throw Unsupported(name, type),
            { IsEnum: true } value => Made(nameof(OfNullableEnum), value),
            var value => Made(nameof(OfNullable), value, For(value, name)),
        };
    }

    private static object Made(string factory, Type type, params object[] arguments) => typeof(PropertyCodecs)
        .GetMethod(factory, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
        .MakeGenericMethod(type)
        .Invoke(null, arguments)!;

    private static PropertyCodec<T> OfEnum<T>()
        where T : struct, Enum => new(
            (writer, name, value) => writer.Add(name, value.ToString()),
            (in p) => Named<T>(p).GetValueOrDefault());

    private static PropertyCodec<T?> OfNullableEnum<T>()
        where T : struct, Enum => OfNullable(OfEnum<T>()) with { Read = Named<T> };

    // As the service's client has it: text that names no value is none, and so is a value's number.
    private static T? Named<T>(in StoredProperty property)
        where T : struct, Enum =>
        property.AsString() is [not ((>= '0' and <= '9') or '-' or '+'), ..] text && Enum.TryParse<T>(text, out var value) ? value : null;

    private static PropertyCodec<T?> OfNullable<T>(PropertyCodec<T> inner)
        where T : struct => new(
            (writer, name, value) =>
            {
                if (value is { } present)
                {
                    inner.Write(writer, name, present);
                }
            },
            (in p) => inner.Read(p));
}
