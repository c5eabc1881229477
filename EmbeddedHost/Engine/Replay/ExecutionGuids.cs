using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EmbeddedHost.Engine.Replay;

/// <summary>The GUIDs that one execution of an orchestrator makes: name-based (RFC 9562, version 5), the same in every replay.</summary>
/// <remarks>
/// Made here and not by the worker's own context: histories on disk have GUIDs that were made so (the ids of children, say),
/// and an orchestrator that goes on has to get the same ones again.
/// </remarks>
/// <param name="instanceId">The instance.</param>
internal sealed class ExecutionGuids(string instanceId)
{
    private static readonly Guid Namespace = new("6f2f4d8e-53a1-4c0b-9d1e-0d6c1e7b8a55");
    private readonly Queue<(DateTime At, int First)> _rewinds = new();

    /// <summary>The number of the next one.</summary>
    public int Next { get; private set; }

    /// <summary>They are numbered from <paramref name="first"/> at least, as the execution before has left off there.</summary>
    public void GoOnFrom(int first) => Next = Math.Max(Next, first);

    /// <summary>The same for those that are made after a rewind.</summary>
    public void GoOnFrom(int first, DateTime rewound) => _rewinds.Enqueue((rewound, first));

    /// <summary>Makes one.</summary>
    /// <param name="now">The turn's clock.</param>
    public Guid New(DateTime now)
    {
        while (_rewinds.TryPeek(out var rewind) && rewind.At <= now)
        {
            GoOnFrom(_rewinds.Dequeue().First);
        }

        return Create(now, Next++);
    }

    private Guid Create(DateTime at, int ordinal)
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
