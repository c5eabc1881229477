using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using DurableTask.Core;

namespace EmbeddedHost.Engine.History;

/// <summary>
/// The binary form of turns, as history rows hold it: a format byte, then each turn as its clock, the number of its
/// events, and the events with only the fields they have. Lengths are variable-length integers (LEB128).
/// </summary>
internal static class HistoryCodec
{
    private const byte Format = 1;

    [Flags]
    private enum Fields : byte
    {
        None = 0,
        TaskId = 1,
        Name = 2,
        InstanceId = 4,
        Payload = 8,
        FireAt = 16,
        Failure = 32,
        Version = 64,
        Tags = 128,
    }

    [Flags]
    private enum FailureParts : byte
    {
        None = 0,
        Inner = 1,
        NonRetriable = 2,
        Properties = 4,
    }

    public static byte[] Encode(IReadOnlyList<HistoryTurn> turns)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        buffer.Write([Format]);
        for (var t = 0; t < turns.Count; t++)
        {
            var turn = turns[t];
            WriteInt64(buffer, turn.At.Ticks);
            WriteLength(buffer, turn.Events.Count);
            for (var i = 0; i < turn.Events.Count; i++)
            {
                Write(buffer, turn.Events[i]);
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not of this format.</exception>
    public static void Decode(ReadOnlySpan<byte> data, List<HistoryTurn> into)
    {
        if (data.IsEmpty || data[0] != Format)
        {
            throw new InvalidDataException(
                $"A history row starts with format byte {(data.IsEmpty ? "none" : data[0])}; this host reads format {Format}. " +
                "The file was written by another version, or is damaged.");
        }

        data = data[1..];
        while (!data.IsEmpty)
        {
            var at = new DateTime(ReadInt64(ref data), DateTimeKind.Utc);
            var events = new HistoryEvent[ReadLength(ref data)];
            for (var i = 0; i < events.Length; i++)
            {
                events[i] = Read(ref data);
            }

            into.Add(new HistoryTurn(at, events));
        }
    }

    /// <summary>The form of a failure on its own, as the outcome of an instance holds it.</summary>
    public static byte[] EncodeFailure(FailureDetails failure)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        WriteFailure(buffer, failure);
        return buffer.WrittenSpan.ToArray();
    }

    public static FailureDetails DecodeFailure(ReadOnlySpan<byte> data) => ReadFailure(ref data);

    /// <summary>The form of one event on its own, as a message under way between instances is stored.</summary>
    public static byte[] EncodeEvent(HistoryEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(buffer, e);
        return buffer.WrittenSpan.ToArray();
    }

    public static HistoryEvent DecodeEvent(ReadOnlySpan<byte> data) => Read(ref data);

    private static void Write(ArrayBufferWriter<byte> buffer, HistoryEvent e)
    {
        var fields = If(e.TaskId >= 0, Fields.TaskId) | If(e.Name is not null, Fields.Name)
            | If(e.InstanceId is not null, Fields.InstanceId) | If(e.Payload is not null, Fields.Payload)
            | If(e.FireAt is not null, Fields.FireAt) | If(e.Failure is not null, Fields.Failure)
            | If(e.Version is not null, Fields.Version) | If(e.Tags is not null, Fields.Tags);
        buffer.Write([(byte)e.Kind, (byte)fields]);
        if (e.TaskId >= 0)
        {
            WriteLength(buffer, e.TaskId);
        }

        if (e.Name is not null)
        {
            WriteString(buffer, e.Name);
        }

        if (e.InstanceId is not null)
        {
            WriteString(buffer, e.InstanceId);
        }

        if (e.Payload is not null)
        {
            WriteLength(buffer, e.Payload.Length);
            buffer.Write(e.Payload);
        }

        if (e.FireAt is { } fireAt)
        {
            WriteInt64(buffer, fireAt.Ticks);
        }

        if (e.Failure is not null)
        {
            WriteFailure(buffer, e.Failure);
        }

        if (e.Version is not null)
        {
            WriteString(buffer, e.Version);
        }

        if (e.Tags is not null)
        {
            WriteTags(buffer, e.Tags);
        }
    }

    private static Fields If(bool present, Fields field) => present ? field : Fields.None;

    private static HistoryEvent Read(ref ReadOnlySpan<byte> data)
    {
        var kind = (HistoryEventKind)data[0];
        var fields = (Fields)data[1];
        data = data[2..];

        // Initialisers run in the order written here, which is the order of the fields on disk.
        return new HistoryEvent
        {
            Kind = kind,
            TaskId = fields.HasFlag(Fields.TaskId) ? ReadLength(ref data) : -1,
            Name = fields.HasFlag(Fields.Name) ? ReadString(ref data) : null,
            InstanceId = fields.HasFlag(Fields.InstanceId) ? ReadString(ref data) : null,
            Payload = fields.HasFlag(Fields.Payload) ? ReadBytes(ref data).ToArray() : null,
            FireAt = fields.HasFlag(Fields.FireAt) ? new DateTime(ReadInt64(ref data), DateTimeKind.Utc) : null,
            Failure = fields.HasFlag(Fields.Failure) ? ReadFailure(ref data) : null,
            Version = fields.HasFlag(Fields.Version) ? ReadString(ref data) : null,
            Tags = fields.HasFlag(Fields.Tags) ? ReadTags(ref data) : null,
        };
    }

    private static void WriteFailure(ArrayBufferWriter<byte> buffer, FailureDetails failure)
    {
        WriteString(buffer, failure.ErrorType);
        // An exception may have overridden its message with null; what user code throws must not stop the hub.
        WriteString(buffer, failure.ErrorMessage ?? "");
        WriteString(buffer, failure.StackTrace ?? "");
        var parts = (failure.InnerFailure is null ? FailureParts.None : FailureParts.Inner)
            | (failure.IsNonRetriable ? FailureParts.NonRetriable : FailureParts.None)
            | (failure.Properties is null or { Count: 0 } ? FailureParts.None : FailureParts.Properties);
        buffer.Write([(byte)parts]);
        if (failure.InnerFailure is not null)
        {
            WriteFailure(buffer, failure.InnerFailure);
        }

        if (parts.HasFlag(FailureParts.Properties))
        {
            WriteString(buffer, FailureProperties.ToJson(failure.Properties!));
        }
    }

    private static FailureDetails ReadFailure(ref ReadOnlySpan<byte> data)
    {
        var type = ReadString(ref data);
        var message = ReadString(ref data);
        var stack = ReadString(ref data);
        var parts = (FailureParts)data[0];
        data = data[1..];
        var inner = parts.HasFlag(FailureParts.Inner) ? ReadFailure(ref data) : null;
        var properties = parts.HasFlag(FailureParts.Properties) ? FailureProperties.FromJson(ReadString(ref data)) : null;
        return new FailureDetails(
            type, message, stack.Length == 0 ? null : stack, inner, parts.HasFlag(FailureParts.NonRetriable), properties);
    }

    private static void WriteTags(ArrayBufferWriter<byte> buffer, IReadOnlyDictionary<string, string> tags)
    {
        WriteLength(buffer, tags.Count);
        foreach (var (key, value) in tags)
        {
            WriteString(buffer, key);
            WriteString(buffer, value);
        }
    }

    private static Dictionary<string, string> ReadTags(ref ReadOnlySpan<byte> data)
    {
        var count = ReadLength(ref data);
        var tags = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = ReadString(ref data);
            tags[key] = ReadString(ref data);
        }

        return tags;
    }

    private static void WriteInt64(ArrayBufferWriter<byte> buffer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }

    private static long ReadInt64(ref ReadOnlySpan<byte> data)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(data);
        data = data[sizeof(long)..];
        return value;
    }

    private static void WriteLength(ArrayBufferWriter<byte> buffer, int value)
    {
        var rest = (uint)value;
        while (rest >= 0x80)
        {
            buffer.Write([(byte)(rest | 0x80)]);
            rest >>= 7;
        }

        buffer.Write([(byte)rest]);
    }

    private static int ReadLength(ref ReadOnlySpan<byte> data)
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var b = data[0];
            data = data[1..];
            value |= (uint)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return (int)value;
            }
        }

        throw new InvalidDataException("A length in a history row runs past five bytes: the row is damaged.");
    }

    private static void WriteString(ArrayBufferWriter<byte> buffer, string value)
    {
        WriteLength(buffer, Encoding.UTF8.GetByteCount(value));
        _ = Encoding.UTF8.GetBytes(value, buffer);
    }

    private static string ReadString(ref ReadOnlySpan<byte> data) => Encoding.UTF8.GetString(ReadBytes(ref data));

    private static ReadOnlySpan<byte> ReadBytes(ref ReadOnlySpan<byte> data)
    {
        var length = ReadLength(ref data);
        var bytes = data[..length];
        data = data[length..];
        return bytes;
    }
}
