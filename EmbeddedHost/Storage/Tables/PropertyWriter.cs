using System.Buffers.Binary;
using System.Text;

namespace EmbeddedHost.Storage.Tables;

/// <summary>
/// Encodes an entity's properties: a version byte, then for each its type (one byte), the length and UTF-8 of its
/// name, the length and bytes of its value. Lengths are variable-length integers, numbers little-endian.
/// Null is no property. <see cref="PropertyReader"/> reads it.
/// </summary>
internal sealed class PropertyWriter
{
    public const byte Version = 1;
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static PropertyWriter? t_idle;

    private byte[] _buffer = new byte[1024];
    private int _length;
    private int _count;
    private long _size;

    /// <summary>A writer for one entity; <see cref="Finish"/> ends its use.</summary>
    public static PropertyWriter Rent()
    {
        var writer = t_idle ?? new PropertyWriter();
        // Not idle until finished: a property's getter may write an entity of its own.
        t_idle = null;
        writer._buffer[0] = Version;
        writer._length = 1;
        writer._count = 0;
        writer._size = 0;
        return writer;
    }

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            CheckSize(name, 2L * value.Length);
            Encoding.UTF8.GetBytes(value, Begin(name, EdmType.String, Encoding.UTF8.GetByteCount(value), 2L * value.Length));
        }
    }

    public void Add(string name, bool value) => Begin(name, EdmType.Boolean, sizeof(bool))[0] = value ? (byte)1 : (byte)0;

    public void Add(string name, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(Begin(name, EdmType.Int32, sizeof(int)), value);

    public void Add(string name, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(Begin(name, EdmType.Int64, sizeof(long)), value);

    public void Add(string name, double value)
    {
        // The service has an infinity, but its client cannot send one.
        if (double.IsInfinity(value))
        {
            throw new ArgumentException($"The property '{name}' is infinite: expected a finite number or NaN.", nameof(value));
        }

        BinaryPrimitives.WriteDoubleLittleEndian(Begin(name, EdmType.Double, sizeof(double)), value);
    }

    public void Add(string name, Guid value) => value.TryWriteBytes(Begin(name, EdmType.Guid, 16));

    public void Add(string name, DateTimeOffset value) => Add(name, value.UtcDateTime);

    public void Add(string name, DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw new NotSupportedException(
                $"The DateTime in '{name}' is {value.Kind}; tables hold UTC. Use DateTimeOffset, ToUniversalTime or DateTime.SpecifyKind.");
        }

        if (value < TableLimits.MinTime)
        {
            throw TableErrors.TimeOutOfRange(name, value);
        }

        BinaryPrimitives.WriteInt64LittleEndian(Begin(name, EdmType.DateTime, sizeof(long)), value.Ticks);
    }

    public void Add(string name, byte[]? value)
    {
        if (value is not null)
        {
            AddBinary(name, value);
        }
    }

    public void Add(string name, BinaryData? value)
    {
        if (value is not null)
        {
            AddBinary(name, value.ToMemory().Span);
        }
    }

    /// <summary>The encoded properties of the entity with these keys, once it is known to keep within the limits.</summary>
    public byte[] Finish(string partitionKey, string rowKey)
    {
        EntitySize.Check(_count, _size + EntitySize.Keys(partitionKey, rowKey));
        var properties = _buffer.AsSpan(0, _length).ToArray();
        if (_buffer.Length <= KeptBytes)
        {
            t_idle = this;
        }

        return properties;
    }

    private static void CheckSize(string name, long bytes)
    {
        if (bytes > TableLimits.ValueBytes)
        {
            throw TableErrors.PropertyValueTooLarge(name, bytes);
        }
    }

    private void AddBinary(string name, ReadOnlySpan<byte> value)
    {
        CheckSize(name, value.Length);
        value.CopyTo(Begin(name, EdmType.Binary, value.Length));
    }

    private Span<byte> Begin(string name, EdmType type, int length) => Begin(name, type, length, length);

    /// <summary>Writes all but the value, and returns where that goes.</summary>
    private Span<byte> Begin(string name, EdmType type, int length, long valueSize)
    {
        TableLimits.CheckPropertyName(name);
        _count++;
        _size += EntitySize.Property(name.Length, type, valueSize);

        var nameLength = Encoding.UTF8.GetByteCount(name);
        Reserve(1 + nameLength + length + (2 * sizeof(int)) + 2);
        _buffer[_length++] = (byte)type;
        WriteLength(nameLength);
        _length += Encoding.UTF8.GetBytes(name, _buffer.AsSpan(_length));
        WriteLength(length);
        var value = _buffer.AsSpan(_length, length);
        _length += length;
        return value;
    }

    private void WriteLength(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            _buffer[_length++] = (byte)(rest | 0x80);
        }

        _buffer[_length++] = (byte)rest;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }
    }
}
