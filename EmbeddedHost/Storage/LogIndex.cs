using System.Buffers.Binary;

namespace EmbeddedHost.Storage;

/// <summary>What the index of a write-ahead log says of it.</summary>
/// <param name="Frames">The frames that were committed.</param>
/// <param name="FoldedFrames">How many of them are in the database already.</param>
/// <param name="PageSize">Bytes of a page.</param>
/// <param name="Salt">Which log it is about: a log that is begun anew has another.</param>
internal sealed record LogIndex(long Frames, long FoldedFrames, int PageSize, ulong Salt)
{
    private const int HeaderBytes = 48;
    private const int FoldedAt = 2 * HeaderBytes;

    /// <summary>Reads an index, or returns null where there is none that can be relied on.</summary>
    public static LogIndex? Read(string path)
    {
        var bytes = new byte[FoldedAt + sizeof(uint)];
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var isWhole = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

        // Its header is written twice: where the two differ, the last commit was not finished.
        if (!isWhole || !bytes.AsSpan(0, HeaderBytes).SequenceEqual(bytes.AsSpan(HeaderBytes, HeaderBytes)))
        {
            return null;
        }

        // Numbers are in the machine's own byte order, as the file is shared memory; the salt is a copy of the log's bytes.
        return new LogIndex(
            BitConverter.ToUInt32(bytes, 16),
            BitConverter.ToUInt32(bytes, FoldedAt),
            BitConverter.ToUInt16(bytes, 14) is 1 ? 65536 : BitConverter.ToUInt16(bytes, 14),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(32)));
    }
}
