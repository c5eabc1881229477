using System.Buffers.Binary;
using System.Text;

namespace EmbeddedHost.Storage.Tables;

/// <summary>An entity as it is stored: its keys, its timestamp in ticks (UTC), its encoded properties.</summary>
internal readonly record struct EntityRow(string PartitionKey, string RowKey, long Timestamp, byte[] Properties);

/// <summary>A property as it lies in its entity's bytes.</summary>
internal readonly ref struct StoredProperty(EdmType type, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> encoded)
{
    public EdmType Type { get; } = type;

    /// <summary>The name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>The value's bytes.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>The whole property: type, name and value.</summary>
    public ReadOnlySpan<byte> Encoded { get; } = encoded;

    public string NameText => Encoding.UTF8.GetString(Name);

    public string AsString() => Encoding.UTF8.GetString(Expect(EdmType.String));

    public bool AsBoolean() => Expect(EdmType.Boolean)[0] != 0;

    public int AsInt32() => BinaryPrimitives.ReadInt32LittleEndian(Expect(EdmType.Int32));

    public long AsInt64() => BinaryPrimitives.ReadInt64LittleEndian(Expect(EdmType.Int64));

    /// <summary>A 32-bit number will do where a floating-point one is asked for.</summary>
    public double AsDouble() => Type == EdmType.Int32 ? AsInt32() : BinaryPrimitives.ReadDoubleLittleEndian(Expect(EdmType.Double));

    public DateTime AsDateTime() => new(BinaryPrimitives.ReadInt64LittleEndian(Expect(EdmType.DateTime)), DateTimeKind.Utc);

    public DateTimeOffset AsDateTimeOffset() => new(AsDateTime());

    public Guid AsGuid() => new(Expect(EdmType.Guid));

    public byte[] AsBinary() => Expect(EdmType.Binary).ToArray();

    public object AsObject() => Type switch
    {
        EdmType.String => AsString(),
        EdmType.Boolean => AsBoolean(),
        EdmType.Int32 => AsInt32(),
        EdmType.Int64 => AsInt64(),
        EdmType.Double => AsDouble(),
        EdmType.DateTime => AsDateTimeOffset(),
        EdmType.Guid => AsGuid(),
        EdmType.Binary => AsBinary(),
        _ => throw new InvalidDataException($"The stored property '{NameText}' has the unknown type {(int)Type}."),
    };

    private ReadOnlySpan<byte> Expect(EdmType expected) => Type == expected
        ? Value
        : throw new InvalidCastException($"The stored property '{NameText}' is {Type}; the entity's property is {expected}.");
}

/// <summary>The types a property can have. The numbers are stored.</summary>
internal enum EdmType : byte
{
    None = 0,
    String = 1,
    Boolean = 2,
    Int32 = 3,
    Int64 = 4,
    Double = 5,
    DateTime = 6,
    Guid = 7,
    Binary = 8,
}
