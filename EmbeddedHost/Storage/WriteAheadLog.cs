using System.Buffers.Binary;

namespace EmbeddedHost.Storage;

/// <summary>
/// Tells a log that has lost commits from one that a crash has left. SQLite takes whatever follows the last whole frame of
/// its log for a write that was never finished, so that a log cut short would open as if nothing more had been there. How
/// far the log was committed stands in its index (the <c>-shm</c> file), which is written after the log is on disk and
/// outlives the process. Formats: https://www.sqlite.org/walformat.html.
/// </summary>
internal static class WriteAheadLog
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int BufferBytes = 1 << 16;
    private const uint BigEndianMagic = 0x377f0683;

    /// <summary>Checks the log of a database that no process has open.</summary>
    /// <exception cref="StorageException">It holds less than was committed to it.</exception>
    public static void Check(string database)
    {
        if (LogIndex.Read(database + "-shm") is not { Frames: > 0 } index)
        {
            return;
        }

        var log = database + "-wal";
        if (File.Exists(log) ? !Holds(log, index) : index.FoldedFrames < index.Frames)
        {
            throw StorageErrors.Damaged(log, "it holds less than was committed to it");
        }
    }

    private static bool Holds(string path, LogIndex index)
    {
        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferBytes);
        var header = new byte[HeaderBytes];
        if (!TryFill(header, log))
        {
            return false;
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(16)) != index.Salt)
        {
            // Begun anew since the index was written out: what the index tells of is in the database.
            return true;
        }

        var sum = new LogChecksum(BinaryPrimitives.ReadUInt32BigEndian(header) == BigEndianMagic);
        sum.Add(header.AsSpan(0, 24));
        var frame = new byte[FrameHeaderBytes + index.PageSize];
        for (var i = 0L; i < index.Frames; i++)
        {
            if (!TryFill(frame, log))
            {
                return false;
            }

            sum.Add(frame.AsSpan(0, 8));
            sum.Add(frame.AsSpan(FrameHeaderBytes));
            if (!sum.Is(frame.AsSpan(16, 8)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryFill(byte[] bytes, FileStream log) =>
        log.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
}
