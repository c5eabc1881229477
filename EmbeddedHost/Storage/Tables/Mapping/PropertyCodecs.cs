namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>Reads a stored property as a value of one type; null where the value names nothing of that type.</summary>
internal delegate object? ReadProperty(in StoredProperty property);

/// <summary>The types that an entity's properties may have.</summary>
internal static class PropertyCodecs
{
    private static readonly Dictionary<Type, ReadProperty> Readers = new()
    {
        [typeof(string)] = static (in p) => p.AsString(),
        [typeof(bool)] = static (in p) => p.AsBoolean(),
        [typeof(int)] = static (in p) => p.AsInt32(),
        [typeof(long)] = static (in p) => p.AsInt64(),
        [typeof(double)] = static (in p) => p.AsDouble(),
        [typeof(Guid)] = static (in p) => p.AsGuid(),
        [typeof(DateTime)] = static (in p) => p.AsDateTime(),
        [typeof(DateTimeOffset)] = static (in p) => p.AsDateTimeOffset(),
        [typeof(byte[])] = static (in p) => p.AsBinary(),
        [typeof(BinaryData)] = static (in p) => BinaryData.FromBytes(p.AsBinary()),
    };

    /// <summary>How stored values become a property of the given type; an enum is stored by its name.</summary>
    /// <exception cref="NotSupportedException">Tables have no such type.</exception>
    public static ReadProperty ReaderOf(Type type, string name)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return Readers.TryGetValue(value, out var reader) ? reader
            : value.IsEnum ? (in p) => Named(value, p.AsString())
            : throw Unsupported(name, type);
    }

    /// <summary>Adds a property of any of the types.</summary>
    /// <exception cref="NotSupportedException">Tables have no such type.</exception>
    public static void Write(PropertyWriter writer, string name, object value)
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
            default: throw Unsupported(name, value.GetType());
        }
    }

    // As the service's client has it: text that names no value is none, and so is a value's number.
    private static object? Named(Type type, string text) =>
        text is [not ((>= '0' and <= '9') or '-' or '+'), ..] && Enum.TryParse(type, text, out var value) ? value : null;

    private static NotSupportedException Unsupported(string name, Type type) => new(
        $"The property '{name}' has the type {type.Name}, which tables cannot hold. Use string, bool, int, long, double, " +
        "DateTime, DateTimeOffset, Guid, byte[], BinaryData or an enum, or mark the property with IgnoreDataMember.");
}
