using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EmbeddedHost.Engine.Replay;

/// <summary>Name-based GUIDs (RFC 9562, version 5), the same in every replay.</summary>
internal static class DeterministicGuid
{
    private static readonly Guid Namespace = new("6f2f4d8e-53a1-4c0b-9d1e-0d6c1e7b8a55");

    /// <summary>The GUID of number <paramref name="ordinal"/> that an instance asks for at a turn's clock.</summary>
    public static Guid Create(string instanceId, DateTime at, int ordinal)
    {
        var idLength = Encoding.UTF8.GetByteCount(instanceId);
        Span<byte> name = idLength <= 512 ? stackalloc byte[16 + idLength + 12] : new byte[16 + idLength + 12];
        _ = Namespace.TryWriteBytes(name, bigEndian: true, out _);
        _ = Encoding.UTF8.GetBytes(instanceId, name[16..]);
        BinaryPrimitives.WriteInt64BigEndian(name[(16 + idLength)..], at.Ticks);
        BinaryPrimitives.WriteInt32BigEndian(name[(16 + idLength + 8)..], ordinal);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Version 5 is defined over SHA-1; nothing is secured by it.
        _ = SHA1.HashData(name, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
