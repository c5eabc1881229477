using System.Buffers.Binary;

namespace EmbeddedHost.Storage;

/// <summary>The running checksum of a write-ahead log, over its header and every frame.</summary>
/// <param name="isBigEndian">The byte order in which the log's words are added up.</param>
internal sealed class LogChecksum(bool isBigEndian)
{
    private uint _first;
    private uint _second;

    /// <summary>Adds bytes; a multiple of 8.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            unchecked
            {
                _first += Word(bytes) + _second;
                _second += Word(bytes[4..]) + _first;
            }
        }
    }

    /// <summary>Whether the checksum is the stored one.</summary>
    public bool Is(ReadOnlySpan<byte> stored) =>
        BinaryPrimitives.ReadUInt32BigEndian(stored) == _first && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

    private uint Word(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
