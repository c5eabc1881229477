using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>Ids of invocations, as GUIDs: a random half of this process, and a count. A GUID of its own for each would ask the system every time.</summary>
internal static class InvocationIds
{
    private static readonly long Process = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));

    private static long _last;

    /// <summary>One that no other invocation has.</summary>
    public static string Next()
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(id, Process);
        BinaryPrimitives.WriteInt64BigEndian(id[sizeof(long)..], Interlocked.Increment(ref _last));
        return new Guid(id).ToString();
    }
}
