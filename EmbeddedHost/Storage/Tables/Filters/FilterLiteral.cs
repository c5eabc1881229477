using System.Buffers.Binary;
using System.Text;

namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>A constant of a filter, in the bytes of a stored value of its type, so that rows are compared undecoded.</summary>
internal sealed class FilterLiteral
{
    private readonly byte[] _value;

    private FilterLiteral(EdmType type, byte[] value, string? text = null)
    {
        Type = type;
        _value = value;
        Text = text;
    }

    public EdmType Type { get; }

    /// <summary>The text of a string.</summary>
    public string? Text { get; }

    public static FilterLiteral Of(string value) => new(EdmType.String, Encoding.UTF8.GetBytes(value), value);

    public static FilterLiteral Of(bool value) => new(EdmType.Boolean, [value ? (byte)1 : (byte)0]);

    public static FilterLiteral Of(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return new(EdmType.Int32, bytes);
    }

    public static FilterLiteral Of(long value) => new(EdmType.Int64, EightBytes(value));

    public static FilterLiteral Of(double value) => new(EdmType.Double, EightBytes(BitConverter.DoubleToInt64Bits(value)));

    public static FilterLiteral Of(DateTimeOffset value) => new(EdmType.DateTime, EightBytes(value.UtcTicks));

    public static FilterLiteral Of(Guid value) => new(EdmType.Guid, value.ToByteArray());

    public static FilterLiteral Of(byte[] value) => new(EdmType.Binary, value);

    /// <summary>How a stored value compares with the constant; null where their types differ.</summary>
    public int? Compare(EdmType type, ReadOnlySpan<byte> stored) => (type, Type) switch
    {
        (EdmType.Int32, EdmType.Int32) => Int32(stored).CompareTo(Int32(_value)),
        (EdmType.Int64, EdmType.Int64) or (EdmType.DateTime, EdmType.DateTime) => Int64(stored).CompareTo(Int64(_value)),
        (EdmType.Double, EdmType.Double) => Double(stored).CompareTo(Double(_value)),
        // The client library writes a floating-point constant without a fraction as a whole number.
        (EdmType.Double, EdmType.Int32) => Double(stored).CompareTo(Int32(_value)),
        (EdmType.Double, EdmType.Int64) => Double(stored).CompareTo(Int64(_value)),
        (EdmType.Guid, EdmType.Guid) => new Guid(stored).CompareTo(new Guid(_value)),
        _ when type == Type => stored.SequenceCompareTo(_value),
        _ => null,
    };

    private static byte[] EightBytes(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static int Int32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    private static long Int64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);

    private static double Double(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadDoubleLittleEndian(bytes);
}
